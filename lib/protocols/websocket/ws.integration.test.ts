import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { createRandom } from '@/lib/sim';
import {
  acceptDeflate,
  encodeClose,
  encodeControl,
  encodeFrame,
  encodeMessage,
  MessageReader,
  negotiateDeflate,
  OPCODES,
  OPEN,
  parseUpgradeRequest,
  parseUpgradeResponse,
  parseExtensions,
  PerMessageDeflate,
  stepClose,
  WebSocketError,
  writeKey,
  writeUpgradeRequest,
  writeUpgradeResponse,
  type Role,
  type WebSocketEvent,
} from '.';

/** `ws`, an independent WebSocket, at one end of a socket on the loopback, and our codec at the other. */
const random = createRandom(6455);
const randomOctets = (length: number) => Uint8Array.from({ length }, () => random.integer(0, 255));
const SENT: (string | Uint8Array)[] = [
  '',
  'Hello',
  'wörld €  \ufeff',
  randomOctets(125),
  randomOctets(126),
  randomOctets(65_535),
  randomOctets(65_536),
  'price '.repeat(20_000),
];
const toClose: (() => void)[] = [];
afterAll(() => toClose.forEach((close) => close()));

/** One end of a connection that speaks by our codec; reads until the Close. */
function speak(socket: Socket, role: Role, deflate: PerMessageDeflate | undefined, first: Uint8Array) {
  const reader = new MessageReader({ role, deflate });
  const nextMask = role === 'client' ? () => randomOctets(4) : undefined;
  const events: WebSocketEvent[] = [];
  let state = OPEN;
  const act = (event: Parameters<typeof stepClose>[1]): void => {
    const step = stepClose(state, event, role);
    state = step.state;
    for (const action of step.actions) {
      if (action.type === 'close-tcp') socket.end();
      else socket.write(encodeClose(action.code, action.reason, nextMask?.()));
    }
  };
  const take = (chunk: Uint8Array): void => {
    try {
      for (const event of reader.push(chunk)) {
        events.push(event);
        if (event.type === 'ping') socket.write(encodeControl(OPCODES.pong, event.payload, nextMask?.()));
        if (event.type === 'close') act({ ...event, type: 'close-received' });
      }
    } catch (error) {
      if (!(error instanceof WebSocketError)) throw error;
      act({ type: 'violation', closeCode: error.closeCode });
    }
  };
  take(first);
  socket.on('data', take);
  socket.on('close', () => act({ type: 'tcp-closed' }));
  const send = (data: string | Uint8Array, fragmentOctets?: number) => {
    for (const frame of encodeMessage(data, { nextMask, fragmentOctets, deflate })) socket.write(frame);
  };
  return { events, send, act, nextMask, state: () => state };
}

const dataOf = (events: readonly WebSocketEvent[]) =>
  events.flatMap((event) => (event.type === 'message' ? [plain(event.data)] : []));
const plain = (data: string | Uint8Array) =>
  typeof data === 'string' ? `text ${data}` : `octets ${Buffer.from(data).toString('hex')}`;
const plainRaw = (data: RawData, isBinary: boolean) =>
  plain(isBinary ? (data as Buffer) : (data as Buffer).toString());

/** Connects to a `ws` server by our own handshake. */
async function connectOurs(port: number, offer?: string) {
  const socket = connect(port, '127.0.0.1');
  const key = writeKey(randomOctets(16));
  const extensions = offer === undefined ? [] : parseExtensions(offer);
  socket.write(
    writeUpgradeRequest({ target: '/', host: `127.0.0.1:${port}`, key, extensions, subprotocols: ['echo'] }),
  );
  const [head] = (await once(socket, 'data')) as [Buffer];
  const response = parseUpgradeResponse(head, { key, extensions, subprotocols: ['echo'] });
  if (!response) throw new Error('the head came in pieces');
  const [answer] = response.extensions;
  const params = answer && acceptDeflate(answer, extensions[0]!);
  const deflate = params && new PerMessageDeflate(params, 'client');
  const ours = speak(socket, 'client', deflate, head.subarray(response.headLength));
  return { socket, ours, params, subprotocol: response.subprotocol };
}

async function serveTheirs(perMessageDeflate: boolean | object = false) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate });
  await once(server, 'listening');
  toClose.push(() => server.close());
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  return { server, port: (server.address() as AddressInfo).port };
}

const OFFER = 'permessage-deflate; client_max_window_bits';
test.each([
  ['plain', undefined, false],
  ['compressed', OFFER, true],
  ['compressed without context', `${OFFER}; server_no_context_takeover; client_no_context_takeover`, true],
  [
    'compressed in small windows',
    `${OFFER}; server_max_window_bits=9`,
    { clientMaxWindowBits: 9, threshold: 0 },
  ],
])('our client and a server by ws: %s, fragmented, with pings, closed', async (_, offer, theirs) => {
  const { port } = await serveTheirs(theirs);
  const { socket, ours, params, subprotocol } = await connectOurs(port, offer);
  expect(subprotocol).toBe('echo');
  expect(params === undefined).toBe(offer === undefined);
  if (typeof theirs === 'object')
    expect(params).toMatchObject({ clientMaxWindowBits: 9, serverMaxWindowBits: 9 });
  for (const [index, data] of SENT.entries()) ours.send(data, index % 2 === 0 ? undefined : 1000);
  socket.write(encodeControl(OPCODES.ping, Uint8Array.of(1, 2), ours.nextMask?.()));
  await expect.poll(() => dataOf(ours.events).length).toBe(SENT.length);
  expect(dataOf(ours.events)).toEqual(SENT.map(plain));
  expect(ours.events).toContainEqual({
    type: 'pong',
    payload: Uint8Array.of(1, 2),
  });
  ours.act({ type: 'close-called', code: 4001, reason: 'enough' });
  await once(socket, 'close');
  expect(ours.state()).toMatchObject({ phase: 'closed', code: 4001, wasClean: true });
});

test.each([
  ['plain', false, {}],
  ['compressed', true, {}],
  ['compressed in small windows', true, { serverMaxWindowBits: 10, clientMaxWindowBits: 9 }],
])(
  'a client by ws and our server: %s, fragmented, with pings, closed',
  async (_, perMessageDeflate, wishes) => {
    const sessions: ReturnType<typeof speak>[] = [];
    const server = createServer((socket) => {
      socket.once('data', (head) => {
        const request = parseUpgradeRequest(head);
        if (!request) throw new Error('the head came in pieces');
        const agreed = negotiateDeflate(request.extensions, wishes);
        const extensions = agreed ? [agreed.extension] : [];
        socket.write(
          writeUpgradeResponse({ key: request.key, subprotocol: request.subprotocols[0], extensions }),
        );
        const deflate = agreed && new PerMessageDeflate(agreed.params, 'server');
        sessions.push(speak(socket, 'server', deflate, head.subarray(request.headLength)));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    toClose.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const client = new WebSocket(`ws://127.0.0.1:${port}/`, ['echo'], { perMessageDeflate });
    const heard: string[] = [];
    const pongs: Buffer[] = [];
    client.on('message', (data, isBinary) => heard.push(plainRaw(data, isBinary)));
    client.on('pong', (payload) => pongs.push(payload));
    await once(client, 'open');
    expect(client.extensions === '').toBe(!perMessageDeflate);
    const [ours] = sessions;
    for (const data of SENT) client.send(data);
    for (const part of ['in ', 'three ', 'parts']) client.send(part, { fin: part === 'parts' });
    client.ping('?');
    await expect.poll(() => pongs.length).toBe(1);
    await expect.poll(() => dataOf(ours!.events).length).toBe(SENT.length + 1);
    expect(dataOf(ours!.events)).toEqual([...SENT, 'in three parts'].map(plain));
    for (const [index, data] of SENT.entries()) ours!.send(data, index % 2 === 0 ? 777 : undefined);
    await expect.poll(() => heard.length).toBe(SENT.length);
    expect(heard).toEqual(SENT.map(plain));
    client.close(3000, 'done');
    const [code] = (await once(client, 'close')) as [number];
    expect(code).toBe(3000);
    expect(ours!.state()).toMatchObject({ code: 3000, reason: 'done' });
  },
);

const text = new TextEncoder().encode('x');
test.each([
  ['without a mask', encodeFrame({ fin: true, opcode: 1, payload: text }), 1002],
  [
    'with RSV2',
    encodeFrame({ fin: true, rsv2: true, opcode: 1, payload: text, mask: randomOctets(4) }),
    1002,
  ],
  ['with opcode 3', encodeFrame({ fin: true, opcode: 3, payload: text, mask: randomOctets(4) }), 1002],
  [
    'that continues nothing',
    encodeFrame({ fin: true, opcode: 0, payload: text, mask: randomOctets(4) }),
    1002,
  ],
  [
    'of text that is none',
    encodeFrame({ fin: true, opcode: 1, payload: Uint8Array.of(0xff), mask: randomOctets(4) }),
    1007,
  ],
  ['that closes with 1005', encodeClose(1005, '', randomOctets(4)), 1002],
])('a frame %s is refused by ws with the close code that our reader names', async (_, frame, code) => {
  const { port } = await serveTheirs();
  const { socket, ours } = await connectOurs(port);
  socket.write(frame);
  await once(socket, 'close');
  expect(ours.events).toEqual([{ type: 'close', code, reason: '' }]);
  let named: number | undefined;
  try {
    new MessageReader({ role: 'server' }).push(frame);
  } catch (error) {
    if (error instanceof WebSocketError) named = error.closeCode;
  }
  expect(named).toBe(code);
});
