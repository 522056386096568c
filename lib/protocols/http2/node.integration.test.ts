import { once } from 'node:events';
import http2 from 'node:http2';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Http2Connection, type Http2Event } from '.';
import { GET } from './h2spec.fixture';

// Node's own HTTP/2 is nghttp2: it takes what we send, and we take what it sends, over a socket.

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Ties a connection of ours to a socket; answers when an event of theirs fits. */
function tie(connection: Http2Connection, socket: Socket, onEvent: (event: Http2Event) => void) {
  const flush = () => {
    const octets = connection.takeOutput();
    if (octets.length > 0) socket.write(octets);
  };
  socket.on('data', (chunk: Buffer) => {
    for (const event of connection.receive(chunk)) onEvent(event);
    flush();
  });
  flush();
  return flush;
}

const text = (octets: readonly Uint8Array[]) => Buffer.concat(octets).toString();

test('Node’s server takes our client’s requests, one of them with a body of 200 kB, and we read its answers', async () => {
  const server = http2.createServer(
    { settings: { initialWindowSize: 20_000, headerTableSize: 200 } },
    (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        response.setHeader('x-method', request.method);
        response.writeEarlyHints({ link: '</a.css>; rel=preload' });
        response.end(`${request.url} ${Buffer.concat(parts).length} ${request.headers.cookie ?? ''}`);
      });
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  closing.push(
    () => socket.destroy(),
    () => server.close(),
  );

  const client = new Http2Connection({ role: 'client' });
  const bodies = new Map<number, Uint8Array[]>();
  const kinds: string[] = [];
  let ended = 0;
  const done = new Promise<void>((resolve, reject) => {
    const flush = tie(client, socket, (event) => {
      if (event.type === 'error') reject(event.error);
      if (event.type === 'headers') kinds.push(event.kind);
      if (event.type === 'data')
        bodies.set(event.streamId, [...(bodies.get(event.streamId) ?? []), event.data]);
      if ((event.type === 'data' || event.type === 'headers') && event.endStream && ++ended === 3) resolve();
    });
    client.request([...GET, { name: 'cookie', value: 'a=b' }, { name: 'cookie', value: 'c=d' }], {
      endStream: true,
    });
    client.request([{ name: ':method', value: 'POST' }, ...GET.slice(1)], { endStream: false });
    client.sendData(3, new Uint8Array(200_000), { endStream: true });
    client.request(
      [
        ...GET.slice(0, 2),
        { name: ':path', value: '/long' },
        ...GET.slice(3),
        { name: 'x-long', value: 'x'.repeat(30_000) },
      ],
      { endStream: true },
    );
    flush();
  });
  await done;
  expect([1, 3, 5].map((id) => text(bodies.get(id) ?? []))).toEqual([
    '/ 0 a=b; c=d',
    '/ 200000 ',
    '/long 0 ',
  ]);
  expect(kinds.filter((kind) => kind === 'informational')).toHaveLength(3);
  expect(client.remoteSettings).toMatchObject({ initialWindowSize: 20_000, headerTableSize: 200 });
});

test('Node’s client takes our server’s answers, with trailers and 200 kB, and we read its requests', async () => {
  const seen: string[] = [];
  const net = createServer((socket) => {
    const server = new Http2Connection({
      role: 'server',
      settings: { initialWindowSize: 10_000, maxConcurrentStreams: 10 },
    });
    const sizes = new Map<number, number>();
    tie(server, socket, (event) => {
      if (event.type === 'error') seen.push(event.error.message);
      if (event.type === 'data')
        sizes.set(event.streamId, (sizes.get(event.streamId) ?? 0) + event.data.length);
      if (event.type === 'headers') seen.push(event.fields.find(({ name }) => name === ':path')?.value ?? '');
      if ((event.type !== 'headers' && event.type !== 'data') || !event.endStream) return;
      const { streamId } = event;
      server.sendHeaders(
        streamId,
        [
          { name: ':status', value: '200' },
          { name: 'x-size', value: String(sizes.get(streamId) ?? 0) },
        ],
        { endStream: false },
      );
      server.sendData(streamId, new Uint8Array(200_000), { endStream: true });
    });
  });
  net.listen(0, '127.0.0.1');
  await once(net, 'listening');
  const session = http2.connect(`http://127.0.0.1:${(net.address() as AddressInfo).port}`);
  closing.push(
    () => session.destroy(),
    () => net.close(),
  );

  const ask = async (path: string, body: Buffer) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'x-secret': 's',
      [http2.sensitiveHeaders]: ['x-secret'],
    });
    stream.end(body);
    const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
    let octets = 0;
    for await (const part of stream) octets += (part as Buffer).length;
    return { size: headers['x-size'], octets };
  };
  expect(
    await Promise.all([
      ask('/a', Buffer.alloc(100_000)),
      ask('/b', Buffer.alloc(0)),
      ask('/c', Buffer.alloc(5)),
    ]),
  ).toEqual([
    { size: '100000', octets: 200_000 },
    { size: '0', octets: 200_000 },
    { size: '5', octets: 200_000 },
  ]);
  expect(seen.sort()).toEqual(['/a', '/b', '/c']);
});

test('both sides name the same error for the same fault', async () => {
  const net = createServer((socket) => {
    socket.on('error', () => undefined);
    tie(new Http2Connection({ role: 'server' }), socket, () => undefined);
  });
  net.listen(0, '127.0.0.1');
  await once(net, 'listening');
  const session = http2.connect(`http://127.0.0.1:${(net.address() as AddressInfo).port}`);
  closing.push(
    () => session.destroy(),
    () => net.close(),
  );
  session.on('error', () => undefined);
  // A path with a space inside is passed on by Node and refused here? No: it is the empty path that is malformed.
  const stream = session.request({ ':method': 'GET', ':path': '' });
  const [error] = (await once(stream, 'error')) as [Error & { code: string }];
  expect(error.message).toContain('NGHTTP2_PROTOCOL_ERROR');
});
