import { expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { createRandom } from '@/lib/sim';
import type { StunAttribute } from '@/lib/protocols/stun';
import {
  addIntegrity,
  decodeMessage,
  encodeMessage,
  errorCodeOf,
  findAttribute,
  longTermKey,
  userhash,
  checkIntegrity,
} from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import type { TurnServerOptions } from '.';
import { decodeChannelData, encodeChannelData, TurnServer } from '.';
import { answerOf, TestClient } from './client.fixture';

const clientAt: TransportAddress = { address: '203.0.113.9', port: 5000 };
const peer: TransportAddress = { address: '198.51.100.7', port: 7000 };
const transport: StunAttribute = { name: 'REQUESTED-TRANSPORT', value: 17 };
const to = (address: TransportAddress): StunAttribute => ({ name: 'XOR-PEER-ADDRESS', value: address });
const channel = (number: number): StunAttribute => ({ name: 'CHANNEL-NUMBER', value: number });
const hello = fromHex('68656c6c6f');

function setUp(options: Partial<TurnServerOptions> = {}): { server: TurnServer; client: TestClient } {
  const server = new TurnServer({
    realm: 'example.org',
    users: new Map([
      ['user', 'pass'],
      ['other', 'word'],
    ]),
    relayAddresses: ['192.0.2.15', '2001:db8::15'],
    random: createRandom(8656),
    ...options,
  });
  return { server, client: new TestClient(server, clientAt) };
}

const sendIndication = (address: TransportAddress, data: Uint8Array, ...more: StunAttribute[]): Uint8Array =>
  encodeMessage({
    class: 'indication',
    method: 'Send',
    transactionId: new Uint8Array(12),
    attributes: [to(address), { name: 'DATA', value: data }, ...more],
  });

test('RFC 8489 §9.2.4: without credentials a request is challenged', async () => {
  const { client } = setUp();
  const answer = await client.ask('Allocate', [transport]);
  expect(errorCodeOf(answer)).toBe(401);
  expect(findAttribute(answer, 'REALM')).toBe('example.org');
  expect(findAttribute(answer, 'NONCE')).toMatch(/^obMatJos2wAAA/);
  expect(findAttribute(answer, 'PASSWORD-ALGORITHMS')?.map(({ algorithm }) => algorithm)).toEqual([
    'SHA-256',
    'MD5',
  ]);
});

test('RFC 8489 §9.2.4: a wrong password and an unknown user are 401, a missing nonce 400, an old one 438', async () => {
  const { server, client } = setUp();
  expect(await new TestClient(server, clientAt, 'user', 'wrong').outcome('Allocate', [transport])).toBe(401);
  expect(await new TestClient(server, clientAt, 'nobody').outcome('Allocate', [transport])).toBe(401);
  const key = await longTermKey({ username: 'user', realm: 'example.org', password: 'pass' });
  const noNonce = {
    class: 'request' as const,
    method: 'Allocate' as const,
    transactionId: new Uint8Array(12),
  };
  const octets = encodeMessage({ ...noNonce, attributes: [{ name: 'USERNAME', value: 'user' }] });
  expect(errorCodeOf(answerOf(await client.send(await addIntegrity(octets, key))))).toBe(400);
  client.nonce = 'obMatJos2wAAAold';
  const stale = await client.request('Allocate', [transport]);
  expect(errorCodeOf(stale)).toBe(438);
  client.nonce = findAttribute(stale, 'NONCE');
  expect(await client.outcome('Allocate', [transport])).toBe('success');
  client.nowMs = 3_600_000;
  expect(await client.outcome('Refresh')).toBe(438);
});

test('RFC 8489 §9.2: SHA-256 and USERHASH, and a shortened list of algorithms is noticed', async () => {
  const { client } = setUp();
  const nonce = findAttribute(await client.ask('Allocate', []), 'NONCE')!;
  const key = await longTermKey({ username: 'user', realm: 'example.org', password: 'pass' }, 'SHA-256');
  const entry = (algorithm: 'MD5' | 'SHA-256') => ({ algorithm, parameters: new Uint8Array() });
  const request = async (...offered: ('MD5' | 'SHA-256')[]) => {
    const octets = encodeMessage({
      class: 'request',
      method: 'Allocate',
      transactionId: new Uint8Array(12),
      attributes: [
        transport,
        { name: 'USERHASH', value: await userhash('user', 'example.org') },
        { name: 'REALM', value: 'example.org' },
        { name: 'NONCE', value: nonce },
        { name: 'PASSWORD-ALGORITHMS', value: offered.map(entry) },
        { name: 'PASSWORD-ALGORITHM', value: entry('SHA-256') },
      ],
    });
    const outputs = await client.send(await addIntegrity(octets, key, 'SHA-256'));
    return { answer: answerOf(outputs), octets: outputs[0]?.to === 'client' ? outputs[0].octets : octets };
  };
  expect(errorCodeOf((await request('MD5')).answer)).toBe(400);
  const { answer, octets } = await request('SHA-256', 'MD5');
  expect(answer.class).toBe('success');
  expect(await checkIntegrity(octets, key, 'SHA-256')).toBe(true);
});

test('RFC 8656 §7.2: an allocation, its answer repeated to a retransmission, a second one refused', async () => {
  const { server, client } = setUp();
  const transactionId = client.nextTransactionId();
  const first = await client.request('Allocate', [transport], transactionId);
  const relayed = findAttribute(first, 'XOR-RELAYED-ADDRESS')!;
  expect([relayed.address, relayed.port >= 49_152]).toEqual(['192.0.2.15', true]);
  expect(findAttribute(first, 'XOR-MAPPED-ADDRESS')).toEqual(clientAt);
  expect(findAttribute(first, 'LIFETIME')).toBe(600);
  const again = await client.request('Allocate', [transport], transactionId);
  expect(findAttribute(again, 'XOR-RELAYED-ADDRESS')).toEqual(relayed);
  expect(await client.outcome('Allocate', [transport])).toBe(437);
  expect(server.allocations(0)).toMatchObject([
    { client: clientAt, username: 'user', relayed: [{ address: relayed }] },
  ]);
});

test.each<[string, StunAttribute[], number | string]>([
  ['no transport', [], 400],
  ['TCP', [{ name: 'REQUESTED-TRANSPORT', value: 6 }], 442],
  ['an unknown family', [transport, { name: 'REQUESTED-ADDRESS-FAMILY', value: 3 }], 440],
  ['IPv6', [transport, { name: 'REQUESTED-ADDRESS-FAMILY', value: 2 }], 'success'],
  [
    'both families asked twice',
    [
      transport,
      { name: 'REQUESTED-ADDRESS-FAMILY', value: 1 },
      { name: 'ADDITIONAL-ADDRESS-FAMILY', value: 2 },
    ],
    400,
  ],
  ['IPv4 as the additional one', [transport, { name: 'ADDITIONAL-ADDRESS-FAMILY', value: 1 }], 400],
  [
    'a token and an even port',
    [
      transport,
      { name: 'RESERVATION-TOKEN', value: new Uint8Array(8) },
      { name: 'EVEN-PORT', value: { reserveNext: false } },
    ],
    400,
  ],
  [
    'a token that nobody was given',
    [transport, { name: 'RESERVATION-TOKEN', value: new Uint8Array(8) }],
    508,
  ],
  [
    'an attribute that must be understood',
    [transport, { name: 'UNKNOWN', type: 0x7777, value: new Uint8Array() }],
    420,
  ],
])('RFC 8656 §7.2: Allocate with %s: %s', async (_cause, attributes, expected) => {
  expect(await setUp().client.outcome('Allocate', attributes)).toBe(expected);
});

test('RFC 8656 §7.2: both families at once; without IPv6 the first is given and the second explained', async () => {
  const both = await setUp().client.request('Allocate', [
    transport,
    { name: 'ADDITIONAL-ADDRESS-FAMILY', value: 2 },
  ]);
  expect(both.attributes.filter(({ name }) => name === 'XOR-RELAYED-ADDRESS').length).toBe(2);
  const { client } = setUp({ relayAddresses: ['192.0.2.15'] });
  const one = await client.request('Allocate', [transport, { name: 'ADDITIONAL-ADDRESS-FAMILY', value: 2 }]);
  expect(findAttribute(one, 'ADDRESS-ERROR-CODE')).toMatchObject({ family: 2, code: 440 });
  expect(findAttribute(one, 'XOR-RELAYED-ADDRESS')?.address).toBe('192.0.2.15');
});

test('RFC 8656 §7.2: an even port, and the next one for whoever shows the token in time', async () => {
  const { server, client } = setUp();
  const answer = await client.request('Allocate', [
    transport,
    { name: 'EVEN-PORT', value: { reserveNext: true } },
  ]);
  const { port } = findAttribute(answer, 'XOR-RELAYED-ADDRESS')!;
  const token = findAttribute(answer, 'RESERVATION-TOKEN')!;
  expect(port % 2).toBe(0);
  const other = new TestClient(server, { ...clientAt, port: 5001 });
  expect((await other.allocate({ name: 'RESERVATION-TOKEN', value: token })).port).toBe(port + 1);
  const late = setUp();
  const kept = await late.client.request('Allocate', [
    transport,
    { name: 'EVEN-PORT', value: { reserveNext: true } },
  ]);
  const third = new TestClient(late.server, { ...clientAt, port: 5002 });
  third.nowMs = 30_000;
  const lateToken = findAttribute(kept, 'RESERVATION-TOKEN')!;
  expect(await third.outcome('Allocate', [transport, { name: 'RESERVATION-TOKEN', value: lateToken }])).toBe(
    508,
  );
});

test('RFC 8656 §7.2: a retransmission is told all that the first answer told', async () => {
  const even: StunAttribute = { name: 'EVEN-PORT', value: { reserveNext: true } };
  const { client } = setUp();
  const transactionId = client.nextTransactionId();
  const token = findAttribute(
    await client.request('Allocate', [transport, even], transactionId),
    'RESERVATION-TOKEN',
  );
  const again = await client.request('Allocate', [transport, even], transactionId);
  expect([token?.length, findAttribute(again, 'RESERVATION-TOKEN')]).toEqual([8, token]);

  const both: StunAttribute = { name: 'ADDITIONAL-ADDRESS-FAMILY', value: 2 };
  const single = setUp({ relayAddresses: ['192.0.2.15'] }).client;
  const id = single.nextTransactionId();
  await single.request('Allocate', [transport, both], id);
  const repeated = await single.request('Allocate', [transport, both], id);
  expect(findAttribute(repeated, 'ADDRESS-ERROR-CODE')).toMatchObject({ family: 2, code: 440 });
});

test('quotas, and ports that run out', async () => {
  const { server } = setUp({ quota: 1, maxAllocations: 2, ports: { first: 50_000, last: 50_002 } });
  const outcome = (port: number, username: string, password: string): Promise<number | string> =>
    new TestClient(server, { ...clientAt, port }, username, password).outcome('Allocate', [transport]);
  expect(await outcome(1, 'user', 'pass')).toBe('success');
  expect(await outcome(2, 'user', 'pass')).toBe(486);
  expect(await outcome(3, 'other', 'word')).toBe('success');
  const one = setUp({ ports: { first: 50_000, last: 50_000 } });
  await one.client.allocate();
  const next = new TestClient(one.server, { ...clientAt, port: 2 });
  expect(await next.outcome('Allocate', [transport])).toBe(508);
});

test('RFC 8656 §7.3: refreshed it lives on, with zero it ends, and it ends by itself', async () => {
  const { server, client } = setUp();
  await client.allocate({ name: 'LIFETIME', value: 99_999 });
  expect(server.allocations(0)[0]?.relayed[0]?.expiresAtMs).toBe(3_600_000);
  expect(findAttribute(await client.request('Refresh', [{ name: 'LIFETIME', value: 1 }]), 'LIFETIME')).toBe(
    600,
  );
  expect(server.allocations(599_999).length).toBe(1);
  expect(server.allocations(600_000).length).toBe(0);
  const second = setUp().client;
  await second.allocate();
  expect(await second.outcome('Refresh', [{ name: 'LIFETIME', value: 0 }])).toBe('success');
  expect(await second.outcome('Refresh')).toBe(437);
});

test('RFC 8656 §7.3: of two families one can be given up', async () => {
  const { server, client } = setUp();
  await client.allocate({ name: 'ADDITIONAL-ADDRESS-FAMILY', value: 2 });
  const give = (family: number) =>
    client.outcome('Refresh', [
      { name: 'LIFETIME', value: 0 },
      { name: 'REQUESTED-ADDRESS-FAMILY', value: family },
    ]);
  expect(await give(2)).toBe('success');
  expect(await give(2)).toBe(443);
  expect(server.allocations(0)[0]?.relayed.map(({ address }) => address.address)).toEqual(['192.0.2.15']);
});

test('another user cannot use an allocation (RFC 8656 §5)', async () => {
  const { server, client } = setUp();
  await client.allocate();
  const thief = new TestClient(server, clientAt, 'other', 'word');
  expect(await thief.outcome('CreatePermission', [to(peer)])).toBe(441);
  expect(await thief.outcome('Refresh', [{ name: 'LIFETIME', value: 0 }])).toBe(441);
});

test('RFC 8656 §9: nothing goes either way without a permission, which is by address and lasts five minutes', async () => {
  const { server, client } = setUp();
  const relayed = await client.allocate();
  expect(await client.send(sendIndication(peer, hello))).toEqual([]);
  expect(server.fromPeer(relayed, peer, hello, 0)).toEqual([]);
  expect(await client.outcome('CreatePermission', [])).toBe(400);
  expect(await client.outcome('CreatePermission', [to(peer), to({ address: '::1', port: 1 })])).toBe(443);
  expect(await client.outcome('CreatePermission', [to(peer)])).toBe('success');
  expect(await client.send(sendIndication(peer, hello, { name: 'DONT-FRAGMENT', value: true }))).toEqual([
    { to: 'peer', relayed, peer, data: hello, dontFragment: true },
  ]);
  const fromAnotherPort = { ...peer, port: 7001 };
  const indication = answerOf(server.fromPeer(relayed, fromAnotherPort, hello, 299_999));
  expect([indication.class, indication.method]).toEqual(['indication', 'Data']);
  expect(findAttribute(indication, 'XOR-PEER-ADDRESS')).toEqual(fromAnotherPort);
  expect(findAttribute(indication, 'DATA')).toEqual(hello);
  expect(server.fromPeer(relayed, peer, hello, 300_000)).toEqual([]);
});

test('RFC 8656 §9, §21.2: a forbidden peer is 403, and all of a request is refused with it', async () => {
  const { server, client } = setUp({ isPeerAllowed: ({ address }) => !address.startsWith('10.') });
  const relayed = await client.allocate();
  expect(await client.outcome('CreatePermission', [to(peer), to({ address: '10.0.0.1', port: 1 })])).toBe(
    403,
  );
  expect(server.fromPeer(relayed, peer, hello, 0)).toEqual([]);
  expect(await client.outcome('ChannelBind', [channel(0x4000), to({ address: '10.0.0.1', port: 1 })])).toBe(
    403,
  );
});

test('RFC 8656 §12: a channel carries both ways, and is the permission too', async () => {
  const { server, client } = setUp();
  const relayed = await client.allocate();
  expect(await client.outcome('ChannelBind', [channel(0x4000), to(peer)])).toBe('success');
  const frame = encodeChannelData({ channel: 0x4000, data: hello });
  expect(await client.send(frame)).toEqual([{ to: 'peer', relayed, peer, data: hello, dontFragment: false }]);
  const [output] = server.fromPeer(relayed, peer, hello, 0);
  expect(output?.to === 'client' && decodeChannelData(output.octets)).toEqual({
    channel: 0x4000,
    data: hello,
  });
  // Another port of the same peer is permitted, but has no channel.
  expect(answerOf(server.fromPeer(relayed, { ...peer, port: 7001 }, hello, 0)).method).toBe('Data');
  expect(await client.send(encodeChannelData({ channel: 0x4001, data: hello }))).toEqual([]);
  client.nowMs = 600_000 - 1;
  expect((await client.send(frame)).length).toBe(1);
  client.nowMs = 600_000;
  expect(await client.send(frame)).toEqual([]);
});

test.each<[string, StunAttribute[], number | string]>([
  ['the same again', [channel(0x4000), to(peer)], 'success'],
  ['a number that has another peer', [channel(0x4000), to({ ...peer, port: 1 })], 400],
  ['a peer that has another number', [channel(0x4001), to(peer)], 400],
  ['a number below', [channel(0x3fff), to({ ...peer, port: 1 })], 400],
  ['a number above, as RFC 5766 allowed', [channel(0x5000), to({ ...peer, port: 1 })], 400],
  ['no number', [to(peer)], 400],
  ['no peer', [channel(0x4002)], 400],
  ['a peer of the other family', [channel(0x4002), to({ address: '::1', port: 1 })], 443],
])('RFC 8656 §12.2: ChannelBind with %s: %s', async (_cause, attributes, expected) => {
  const { client } = setUp();
  await client.allocate();
  await client.request('ChannelBind', [channel(0x4000), to(peer)]);
  expect(await client.outcome('ChannelBind', attributes)).toBe(expected);
});

test('Binding needs no credentials, and says where the client is seen', async () => {
  const answer = await setUp().client.ask('Binding', []);
  expect(findAttribute(answer, 'XOR-MAPPED-ADDRESS')).toEqual(clientAt);
});

test('RFC 8656 §12.5: to a client on a stream ChannelData goes padded', async () => {
  const { server, client } = setUp({ clientTransport: 'tcp' });
  const relayed = await client.allocate();
  expect(await client.outcome('ChannelBind', [channel(0x4001), to(peer)])).toBe('success');
  const [output] = server.fromPeer(relayed, peer, hello, 0);
  expect(output?.to === 'client' && toHex(output.octets)).toBe('40010005' + '68656c6c6f' + '000000');
});

test('RFC 8489 §6.3: a method that is not a TURN server’s is dropped, with credentials or without', async () => {
  const { server, client } = setUp();
  await client.allocate();
  const message = { class: 'request', transactionId: new Uint8Array(12) } as const;
  for (const method of ['Connect', 0x7ff] as const) {
    const octets = encodeMessage({ ...message, method, attributes: [] });
    expect(await server.receive(clientAt, octets, 0)).toEqual([]);
  }
});

test('what is malformed, answered or damaged is dropped', async () => {
  const { client } = setUp();
  const binding = encodeMessage({
    class: 'request',
    method: 'Binding',
    transactionId: new Uint8Array(12),
    attributes: [],
  });
  for (const octets of [
    fromHex(''),
    fromHex('400000ff'),
    fromHex('ff00'),
    binding.subarray(0, 19),
    encodeMessage({ class: 'success', method: 'Binding', transactionId: new Uint8Array(12), attributes: [] }),
    encodeMessage({
      class: 'request',
      method: 'Binding',
      transactionId: new Uint8Array(12),
      attributes: [{ name: 'FINGERPRINT', value: 1 }],
    }),
  ])
    expect([toHex(octets), await client.send(octets)]).toEqual([toHex(octets), []]);
  expect(decodeMessage(binding)?.method).toBe('Binding');
});

test('whatever a client sends, the server lives on (seed 8656)', async () => {
  const { client } = setUp();
  await client.allocate();
  await client.request('ChannelBind', [channel(0x4000), to(peer)]);
  const random = createRandom(8656);
  const samples = [
    sendIndication(peer, hello),
    encodeChannelData({ channel: 0x4000, data: hello }),
    encodeMessage({
      class: 'request',
      method: 'Allocate',
      transactionId: new Uint8Array(12),
      attributes: [
        transport,
        { name: 'NONCE', value: client.nonce ?? '' },
        { name: 'MESSAGE-INTEGRITY', value: new Uint8Array(20) },
      ],
    }),
  ];
  for (let run = 0; run < 3000; run++) {
    const octets = Uint8Array.from(samples[run % samples.length]!);
    for (let i = 0; i < 3; i++) octets[random.integer(0, octets.length - 1)] = random.integer(0, 255);
    await client.send(octets);
  }
  expect((await client.send(samples[1]!)).length).toBe(1);
});
