import { expect, test } from 'vitest';
import { Http2Connection, MAX_WAITING_OCTETS } from '.';

const GET = [
  { name: ':method', value: 'GET' },
  { name: ':scheme', value: 'http' },
  { name: ':path', value: '/' },
];
/** What the window of a new stream and connection lets pass at once (RFC 9113 §6.9.2). */
const CREDIT = 65_535;

/** A server that has had two requests, and a client that gives no credit back. */
function serverOfTwo() {
  const client = new Http2Connection({ role: 'client', autoConsume: false });
  const server = new Http2Connection({ role: 'server' });
  for (let i = 0; i < 2; i++) client.request(GET, { endStream: true });
  server.receive(client.takeOutput());
  for (const id of [1, 3]) server.sendHeaders(id, [{ name: ':status', value: '200' }], { endStream: false });
  return { client, server };
}

test('content that waits for credit is bounded, on all streams together; what is refused changes nothing', () => {
  const { server } = serverOfTwo();
  server.sendData(1, new Uint8Array(MAX_WAITING_OCTETS), { endStream: false });
  // What went at once waits no longer.
  server.sendData(3, new Uint8Array(CREDIT), { endStream: false });
  expect(() => server.sendData(3, new Uint8Array(1), { endStream: true })).toThrow(RangeError);
  server.sendData(1, new Uint8Array(0), { endStream: false });
  expect(server.streams.get(3)?.state).toBe('half-closed (remote)');
});

test.each(['we reset', 'the peer resets'])('a stream that %s gives its place to others', (who) => {
  const { client, server } = serverOfTwo();
  server.sendData(1, new Uint8Array(MAX_WAITING_OCTETS), { endStream: false });
  if (who === 'we reset') server.reset(1, 8);
  else {
    client.reset(1, 8);
    server.receive(client.takeOutput());
  }
  server.sendData(3, new Uint8Array(MAX_WAITING_OCTETS), { endStream: true });
});

test('content goes as credit comes, and makes room', () => {
  const { client, server } = serverOfTwo();
  server.sendData(1, new Uint8Array(MAX_WAITING_OCTETS), { endStream: false });
  client.receive(server.takeOutput());
  expect(() => server.sendData(3, new Uint8Array(2 * CREDIT), { endStream: true })).toThrow(RangeError);
  client.consume(1, CREDIT);
  server.receive(client.takeOutput());
  server.sendData(3, new Uint8Array(2 * CREDIT), { endStream: true });
});
