import { createServer, sensitiveHeaders, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import { connect } from 'node:net';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HpackDecoder, HpackEncoder, type HeaderField } from '.';

type Marked = { readonly [sensitiveHeaders]?: readonly string[] };

/** nghttp2, in Node, as the other end: it reads our blocks, and we read its. HTTP/2's frames by hand, as few as it takes. */
let server: Http2Server;
let port = 0;
beforeAll(async () => {
  server = createServer();
  server.on('stream', (stream: ServerHttp2Stream, headers: Marked, _flags: number, raw: string[]) => {
    const marked = headers[sensitiveHeaders] ?? [];
    stream.respond({ ':status': 200, 'x-marked': marked.join() });
    stream.end(JSON.stringify(raw));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => void server.close());

const frame = (type: number, flags: number, stream: number, payload: Uint8Array) =>
  Buffer.from([
    payload.length >> 16,
    payload.length >> 8,
    payload.length,
    type,
    flags,
    0,
    0,
    0,
    stream,
    ...payload,
  ]);

/** Sends one HEADERS a list, in order; answers what nghttp2 says that it read, and its own header lists. */
async function ask(blocks: readonly Uint8Array[]): Promise<{ read: string[][]; answers: HeaderField[][] }> {
  const socket = connect(port, '127.0.0.1');
  const decoder = new HpackDecoder();
  const answers: HeaderField[][] = [];
  const bodies = new Map<number, string>();
  let ended = 0;
  socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  socket.write(frame(4, 0, 0, new Uint8Array()));
  blocks.forEach((block, i) => socket.write(frame(1, 5, 1 + 2 * i, block)));
  let octets = Buffer.alloc(0);
  for await (const chunk of socket) {
    octets = Buffer.concat([octets, chunk as Buffer]);
    while (octets.length >= 9 && octets.length >= 9 + octets.readUIntBE(0, 3)) {
      const payload = octets.subarray(9, 9 + octets.readUIntBE(0, 3));
      const [type, flags, stream] = [octets[3], octets[4] ?? 0, octets.readUInt32BE(5)];
      octets = octets.subarray(9 + payload.length);
      if (type === 7) throw new Error(`GOAWAY ${payload.readUInt32BE(4)}`);
      if (type === 1) answers.push(decoder.decode(payload));
      if (type === 0) bodies.set(stream, (bodies.get(stream) ?? '') + payload.toString());
      if (type !== 4 && flags & 1) ended++;
    }
    if (ended === blocks.length) break;
  }
  socket.destroy();
  return { read: blocks.map((_, i) => JSON.parse(bodies.get(1 + 2 * i) ?? '[]') as string[]), answers };
}

const request = (path: string, ...more: HeaderField[]): HeaderField[] => [
  { name: ':method', value: 'GET' },
  { name: ':scheme', value: 'http' },
  { name: ':path', value: path },
  { name: ':authority', value: 'www.example.com' },
  ...more,
];

test.each(['auto', 'always', 'never'] as const)(
  'nghttp2 reads what we write (Huffman code: %s)',
  async (huffman) => {
    const encoder = new HpackEncoder({ huffman });
    const lists = [
      request('/'),
      request('/', { name: 'x-a', value: 'b'.repeat(300) }),
      // Larger than what is left: the first rows are evicted, and then wanted again.
      request('/2', ...Array.from({ length: 30 }, (_, i) => ({ name: `x-${i}`, value: `${i}`.repeat(60) }))),
      request('/', { name: 'x-a', value: 'b'.repeat(300) }),
      request('/', { name: 'authorization', value: 'secret', sensitive: true }),
    ];
    const blocks = lists.map((list) => encoder.encode(list));
    encoder.setMaxTableSize(0);
    encoder.setMaxTableSize(100);
    lists.push(request('/last'), request('/last'));
    blocks.push(...lists.slice(-2).map((list) => encoder.encode(list)));

    const { read, answers } = await ask(blocks);
    expect(read).toEqual(lists.map((list) => list.flatMap(({ name, value }) => [name, value])));
    // And we read what it writes: its table goes on from answer to answer, too.
    expect(answers.map((fields) => fields.find(({ name }) => name === ':status')?.value)).toEqual(
      lists.map(() => '200'),
    );
    expect(answers.map((fields) => fields.find(({ name }) => name === 'x-marked')?.value)[4]).toBe(
      'authorization',
    );
  },
);

test('nghttp2 refuses an index beyond its table, as our decoder does', async () => {
  await expect(ask([Uint8Array.of(0x82, 0xc1)])).rejects.toThrow('GOAWAY 9');
});

type Hpackjs = {
  decompressor: {
    create(options: object): { write(octets: Buffer): void; execute(): void; read(): HeaderField | null };
  };
};

test('hpack.js reads what we write', () => {
  const { decompressor } = createRequire(import.meta.url)('hpack.js') as Hpackjs;
  const peer = decompressor.create({ table: { maxSize: 4096 } });
  const encoder = new HpackEncoder();
  for (const list of [request('/'), request('/'), request('/3', { name: 'a', value: 'ÿ\0' })]) {
    peer.write(Buffer.from(encoder.encode(list)));
    peer.execute();
    const fields: HeaderField[] = [];
    for (let field = peer.read(); field; field = peer.read()) fields.push(field);
    // hpack.js takes octets for UTF-8: what is beyond US-ASCII does not come back.
    expect(fields.map(({ name }) => name)).toEqual(list.map(({ name }) => name));
    expect(fields[2]).toMatchObject({ name: ':path', value: list[2]?.value });
  }
});
