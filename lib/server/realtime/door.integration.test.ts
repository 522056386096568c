import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openDoor, type LiveDoor } from './door';
import { echo } from './echo';
import type { LiveEndpoint } from './endpoint';

let url = '';
let door: LiveDoor;
let stop: () => Promise<void>;

async function open(endpoints: Record<string, LiveEndpoint>, dev = false) {
  const server = createServer((_, response) => response.end());
  door = openDoor(server, { endpoints, trustProxy: false, dev });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = async () => {
    await door.close();
    server.closeAllConnections();
    server.close();
  };
  return server;
}
beforeEach(async () => {
  await open({ echo });
});
afterEach(() => stop());

async function dial(path = '/live/echo', origin = url.replace('ws', 'http')): Promise<WebSocket> {
  const socket = new WebSocket(url + path, origin ? { origin } : {});
  await once(socket, 'open');
  return socket;
}
const closeOf = async (socket: WebSocket) => {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return { code, reason: reason.toString() };
};
const statusOf = async (path: string, origin?: string) => {
  const socket = new WebSocket(url + path, origin ? { origin } : {});
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  socket.on('error', () => undefined).terminate();
  return response.statusCode;
};

test('text and binary messages come back as they went', async () => {
  const socket = await dial();
  for (const [data, binary] of [
    ['grüß dich', false],
    [Buffer.alloc(65_536, 7), true],
  ] as const) {
    socket.send(data);
    const [answer, isBinary] = (await once(socket, 'message')) as [Buffer, boolean];
    expect(isBinary).toBe(binary);
    expect(answer.equals(Buffer.from(data as string))).toBe(true);
  }
  socket.terminate();
});

test('only pages of our own origin, opaque origins and programs are let in', async () => {
  expect(await statusOf('/live/echo', 'http://elsewhere.test')).toBe(403);
  expect(await statusOf('/live/echo', 'not an origin')).toBe(403);
  for (const origin of [url.replace('ws', 'http'), 'null', ''])
    (await dial('/live/echo', origin)).terminate();
});

test('an address that no endpoint has is refused, whatever it is called', async () => {
  for (const path of ['/live/none', '/live/constructor', '/live/', '/', '/_next/webpack-hmr', '/live/echo/x'])
    expect(await statusOf(path)).toBe(404);
});

test('in development, what lies below /_next/ is left to Next', async () => {
  await stop();
  const server = await open({ echo }, true);
  server.on('upgrade', (request, socket) => {
    if (request.url === '/_next/webpack-hmr') socket.end('HTTP/1.1 418 Its\r\n\r\n');
  });
  expect(await statusOf('/_next/webpack-hmr')).toBe(418);
  (await dial()).terminate();
});

test('a message that is too long ends the connection with 1009', async () => {
  const socket = await dial();
  socket.send(Buffer.alloc(65_537));
  expect((await closeOf(socket)).code).toBe(1009);
});

test('too many messages end it with 1008, and pings count', async () => {
  for (const say of ['send', 'ping'] as const) {
    const socket = await dial();
    for (let i = 0; i < 60; i++) socket[say]('x');
    expect((await closeOf(socket)).code).toBe(1008);
  }
});

test('its time is limited, and so are the connections of an address', async () => {
  await stop();
  await open({ echo: { ...echo, lifetimeMs: 200, connectionsPerAddress: 2 } });
  const first = await dial();
  const second = await dial();
  expect(await statusOf('/live/echo')).toBe(429);
  expect(await Promise.all([closeOf(first), closeOf(second)])).toEqual([
    { code: 1000, reason: 'the time is over' },
    { code: 1000, reason: 'the time is over' },
  ]);
  (await dial()).terminate();
});

test('when the server stops, connections are closed with 1001; those that do not answer are cut', async () => {
  const polite = await dial();
  const raw = connect(Number(new URL(url).port), '127.0.0.1');
  raw.write(
    'GET /live/echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  await once(raw, 'data');
  const [close] = await Promise.all([closeOf(polite), door.close(), once(raw, 'close')]);
  expect(close.code).toBe(1001);
  expect(await statusOf('/live/echo')).toBe(503);
});

test('octets that are no WebSocket end one connection and nothing else', async () => {
  const bystander = await dial();
  for (const octets of ['\x81\x05hello', '\xff\xff\xff\xff', '\x88\x81\0\0\0\0\x01']) {
    const raw = connect(Number(new URL(url).port), '127.0.0.1');
    raw.write(
      'GET /live/echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    await once(raw, 'data');
    raw.end(Buffer.from(octets, 'latin1'));
    await once(raw, 'close');
  }
  bystander.send('still here');
  expect(String((await once(bystander, 'message'))[0])).toBe('still here');
  bystander.terminate();
});
