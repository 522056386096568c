import { createServer as createHttpServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { expect, test } from 'vitest';
import { collectMessages, encodeRequest, encodeResponse, RequestReader, ResponseReader } from '.';

// Node's own http is the peer, both ways over loopback.
const octets = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
const bodyOf = async (stream: IncomingMessage) => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

test("Node's server reads pipelined requests of ours, and we read its answers", async () => {
  const server = createHttpServer((request, response) => {
    void bodyOf(request).then((body) => {
      response.setHeader('X-Seen', `${request.method} ${request.url} ${body}`);
      if (request.url === '/chunked') {
        response.setHeader('Trailer', 'X-Sum');
        response.write('one,');
        response.addTrailers({ 'X-Sum': '7' });
      }
      response.end(request.url === '/none' ? undefined : 'two');
    });
  });
  const port = await listen(server);
  const headers = [{ name: 'Host', value: `127.0.0.1:${port}` }];
  const chunked = [...headers, { name: 'Transfer-Encoding', value: 'chunked' }];
  const close = [...headers, { name: 'Connection', value: 'close' }];
  const reader = new ResponseReader().expect('POST').expect('HEAD').expect('PUT').expect('GET');
  const events: ReturnType<typeof reader.push> = [];
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        encodeRequest({ method: 'POST', target: '/chunked', version: '1.1', headers }, octets('hello')),
      );
      socket.write(encodeRequest({ method: 'HEAD', target: '/h', version: '1.1', headers }));
      socket.write(
        encodeRequest({ method: 'PUT', target: '/p', version: '1.1', headers: chunked }, octets('up')),
      );
      socket.write(encodeRequest({ method: 'GET', target: '/none', version: '1.1', headers: close }));
    });
    socket.on('data', (data: Buffer) => events.push(...reader.push(new Uint8Array(data))));
    socket.on('error', reject);
    socket.on('end', resolve);
  });
  events.push(...reader.end());
  const messages = collectMessages(events);
  const seen = ({ head }: (typeof messages)[number]) =>
    head.headers.find(({ name }) => name === 'X-Seen')?.value.trim();
  expect(messages.map(seen)).toEqual(['POST /chunked hello', 'HEAD /h', 'PUT /p up', 'GET /none']);
  expect(messages.map(({ content }) => text(content))).toEqual(['one,two', '', 'two', '']);
  expect(messages[0]?.trailers).toEqual([{ name: 'X-Sum', value: '7' }]);
  expect(messages.map(({ isPersistent }) => isPersistent)).toEqual([true, true, true, false]);
  server.close();
});

test("we read the requests of Node's client, and it reads our answers", async () => {
  const server = createTcpServer((socket) => {
    const reader = new RequestReader();
    const held: ReturnType<typeof reader.push> = [];
    socket.on('data', (data) => {
      held.push(...reader.push(new Uint8Array(data as Buffer)));
      if (!held.some(({ type }) => type === 'end')) return;
      const [message] = collectMessages(held.splice(0));
      if (!message) return;
      const { method, target, headers } = message.head;
      const isChunked = headers.some(({ name }) => name.toLowerCase() === 'transfer-encoding');
      const framing = isChunked ? [{ name: 'Transfer-Encoding', value: 'chunked' }] : [];
      const content = octets(`${method} ${target} ${text(message.content)}`);
      socket.write(
        encodeResponse({ version: '1.1', status: 200, reason: 'OK', headers: framing }, content, method),
      );
    });
  });
  const port = await listen(server);
  const ask = (method: string, path: string, body: string[]) =>
    new Promise<string>((resolve, reject) => {
      const request = httpRequest({ port, host: '127.0.0.1', method, path, agent: false }, (response) => {
        bodyOf(response).then(resolve, reject);
      });
      request.on('error', reject);
      if (body.length === 1) request.setHeader('Content-Length', body[0]?.length ?? 0);
      for (const piece of body) request.write(piece);
      request.end();
    });
  expect(await ask('GET', '/a?b', [])).toBe('GET /a?b ');
  expect(await ask('POST', '/one', ['hello'])).toBe('POST /one hello');
  expect(await ask('POST', '/two', ['hello', ' again'])).toBe('POST /two hello again');
  expect(await ask('HEAD', '/', [])).toBe('');
  server.close();
});
