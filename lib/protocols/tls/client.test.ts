import { env } from 'node:process';
import { describe, expect, test } from 'vitest';
import { createRandom } from '@/lib/sim';
import { encodeHandshake, encodeRecord, type HandshakeMessage, type TlsClient } from './index';
import { generateKeyShare } from './test-support/node-server';
import { acceptance, alpn, codeOf, resumption, start } from './test-support/scripted-handshake';

/** Asked anew each time, which TypeScript does not expect of a property. */
const stateOf = (client: TlsClient) => client.state;

describe('RFC 8446 §5: records', () => {
  test('keys change between records only (§5.1)', async () => {
    const { client, server } = await start();
    const record = await server.serverHello();
    const more = encodeHandshake({ type: 'encrypted_extensions', extensions: [] });
    const both = encodeRecord({
      type: 22,
      version: 0x0303,
      fragment: Buffer.concat([record.slice(5), more]),
    });
    expect(await codeOf(client, both)).toBe('TLS_MESSAGE_SPLIT 10');
    const last = await start({ resumption });
    await last.client.receive(await last.server.serverHello());
    await last.client.receive(await last.server.encryptedExtensions());
    const update: HandshakeMessage = { type: 'key_update', updateRequested: false };
    const wrong = await last.server.protect(await last.server.finished(), update);
    expect(await codeOf(last.client, wrong)).toBe('TLS_MESSAGE_SPLIT 10');
  });

  test('a message is not interrupted (§5.1)', async () => {
    const { client, server } = await start();
    const record = await server.serverHello();
    const half = encodeRecord({ type: 22, version: 0x0303, fragment: record.slice(5, 20) });
    const alert = encodeRecord({ type: 21, version: 0x0303, fragment: Uint8Array.of(1, 0) });
    expect(await codeOf(client, half, alert)).toBe('TLS_UNEXPECTED_MESSAGE 10');
  });

  test.each([
    ['01', 'accepted'],
    ['02', 'TLS_UNEXPECTED_MESSAGE 10'],
    ['0101', 'TLS_UNEXPECTED_MESSAGE 10'],
  ])('a change_cipher_spec of %s: %s', async (hex, code) => {
    const { client } = await start();
    const fragment = Uint8Array.from(Buffer.from(hex, 'hex'));
    expect(await codeOf(client, encodeRecord({ type: 20, version: 0x0303, fragment }))).toBe(code);
  });
});

describe('RFC 8446 §6.1, §6.2: alerts of level warning', () => {
  const greeted = async () => {
    const { client, server } = await start();
    await client.receive(await server.serverHello());
    return { client, server };
  };

  test('user_canceled is no error, and close_notify behind it closes', async () => {
    const { client, server } = await greeted();
    expect((await client.receive(await server.alert(90))).events).toEqual([]);
    expect(stateOf(client)).toBe('WAIT_EE');
    expect((await client.receive(await server.alert(0))).events).toEqual([{ type: 'closed' }]);
    expect(stateOf(client)).toBe('CLOSED');
  });

  test.each([40, 255])('alert %i is an error all the same', async (description) => {
    const { client, server } = await greeted();
    const alert = await server.alert(description);
    await expect(client.receive(alert)).rejects.toMatchObject({ code: 'TLS_ALERT_RECEIVED' });
  });
});

test('what is written while something arrives goes out whole, and in the order of the calls', async () => {
  const { client, server } = await start({ resumption });
  await client.receive(await server.serverHello());
  await client.receive(await server.encryptedExtensions());
  const last = await server.protect(await server.finished());
  const text = new Uint8Array(40_000).fill(0x61);
  const [connected, ...written] = await Promise.all([
    client.receive(last),
    client.write(text),
    client.write(text),
  ]);
  expect(server.take(connected.send)).toHaveLength(1);
  expect(written.map((octets) => server.take(octets).length)).toEqual([3, 3]);
});

describe('RFC 8446 §4.3, §4.4: what comes protected', () => {
  const after = async (...messages: HandshakeMessage[]) => {
    const { client, server } = await start();
    await client.receive(await server.serverHello());
    const octets = [];
    for (const message of messages) octets.push(await server.protect(message));
    return codeOf(client, ...octets);
  };
  const nothing: HandshakeMessage = { type: 'encrypted_extensions', extensions: [] };
  const certificate = (context: Uint8Array, count: number): HandshakeMessage => ({
    type: 'certificate',
    context,
    entries: new Array<Uint8Array>(count)
      .fill(Uint8Array.of(1))
      .map((der) => ({ certificate: der, extensions: [] })),
  });
  const none = new Uint8Array();

  test.each<[string, HandshakeMessage[], string]>([
    ['a Certificate first', [certificate(none, 1)], 'TLS_UNEXPECTED_MESSAGE 10'],
    [
      'a protocol that was not offered',
      [{ ...nothing, extensions: [alpn('h3')] }],
      'TLS_ILLEGAL_PARAMETER 47',
    ],
    [
      'a cookie',
      [{ ...nothing, extensions: [{ type: 'cookie', cookie: Uint8Array.of(1) }] }],
      'TLS_ILLEGAL_PARAMETER 47',
    ],
    ['no certificate in Certificate', [nothing, certificate(none, 0)], 'TLS_LENGTH_WRONG 50'],
    ['a context in Certificate', [nothing, certificate(Uint8Array.of(1), 1)], 'TLS_ILLEGAL_PARAMETER 47'],
    [
      'Finished without proof',
      [nothing, { type: 'finished', verifyData: new Uint8Array(32) }],
      'TLS_UNEXPECTED_MESSAGE 10',
    ],
    [
      'a scheme that was not offered',
      [nothing, certificate(none, 1), { type: 'certificate_verify', scheme: 0x0201, signature: none }],
      'TLS_ILLEGAL_PARAMETER 47',
    ],
    [
      'a request that takes no scheme',
      [nothing, { type: 'certificate_request', context: none, extensions: [] }],
      'TLS_EXTENSION_MISSING 109',
    ],
    [
      'a request with a context',
      [nothing, { type: 'certificate_request', context: Uint8Array.of(1), extensions: [] }],
      'TLS_ILLEGAL_PARAMETER 47',
    ],
    [
      'two requests',
      [
        nothing,
        ...new Array<HandshakeMessage>(2).fill({
          type: 'certificate_request',
          context: none,
          extensions: [{ type: 'signature_algorithms', schemes: [0x0403] }],
        }),
      ],
      'TLS_UNEXPECTED_MESSAGE 10',
    ],
  ])('%s is refused', async (_what, messages, code) => {
    expect(await after(...messages)).toBe(code);
  });

  test('a Finished that is not the MAC of the transcript is refused', async () => {
    const { client, server } = await start({ resumption });
    await client.receive(await server.serverHello());
    await client.receive(await server.encryptedExtensions());
    const wrong = await server.protect({ type: 'finished', verifyData: new Uint8Array(32) });
    expect(await codeOf(client, wrong)).toBe('TLS_FINISHED_WRONG 51');
  });
});

const runs = Math.min(Number(env.FUZZ_RUNS ?? 150), 5000);
const seed = Number(env.FUZZ_SEED ?? 20_260_101);
test(
  `fuzz: whole handshakes with one message damaged, ${runs} of them (FUZZ_SEED=${seed})`,
  { timeout: 600_000 },
  async () => {
    const random = createRandom(seed);
    const verdicts = new Set<string>();
    const damaged = (octets: Uint8Array) => {
      const copy = octets.slice();
      const at = random.integer(0, copy.length - 1);
      copy[at] = copy[at]! ^ (1 << random.integer(0, 7));
      return random.chance(0.2) ? copy.slice(0, at) : copy;
    };
    for (let run = 0; run < runs; run++) {
      const { client, server } = await start({ resumption, generateKeyShare, earlyData: Uint8Array.of(1) });
      const at = random.integer(0, 3);
      const hello = await server.serverHello();
      verdicts.add(await codeOf(client, at === 0 ? damaged(hello) : hello));
      if (stateOf(client) !== 'WAIT_EE') continue;
      // Damage beneath the protection: what only the server itself could do.
      const answer = encodeHandshake({ type: 'encrypted_extensions', extensions: [alpn('h2'), acceptance] });
      const inner = at === 1 ? damaged(answer) : answer;
      verdicts.add(await codeOf(client, await server.protectOctets(inner)));
      if (stateOf(client) !== 'WAIT_FINISHED') continue;
      const finished = encodeHandshake(await server.finished());
      verdicts.add(await codeOf(client, await server.protectOctets(at === 2 ? damaged(finished) : finished)));
    }
    expect(verdicts).toContain('accepted');
    expect(verdicts.size).toBeGreaterThan(5);
  },
);
