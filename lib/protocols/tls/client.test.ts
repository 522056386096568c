import { env } from 'node:process';
import { describe, expect, test } from 'vitest';
import { toHex } from '@/lib/bytes';
import { createRandom } from '@/lib/sim';
import {
  encodeHandshake,
  encodeRecord,
  type Extension,
  type HandshakeMessage,
  NAMED_GROUPS,
  type Resumption,
  getSuiteOrThrow,
  type ServerHello,
  TlsClient,
  type TlsClientOptions,
  TlsError,
} from './index';
import { clientOptions, generateKeyShare } from './test-support/node-server';
import { ScriptedServer } from './test-support/scripted-server';

const psk = new Uint8Array(32).fill(9);
const resumption: Resumption = {
  identity: Uint8Array.of(1, 2, 3),
  obfuscatedTicketAge: 7,
  psk,
  suite: getSuiteOrThrow(0x1301),
  maxEarlyDataOctets: 40_000,
  protocol: 'h2',
};

async function start(options: Partial<TlsClientOptions> = {}, withPsk = options.resumption !== undefined) {
  const client = new TlsClient(await clientOptions(options));
  const server = new ScriptedServer(withPsk ? { psk } : {});
  const records = server.takeHello(await client.start());
  return { client, server, records };
}

const codeOf = async (client: TlsClient, ...octets: Uint8Array[]) => {
  try {
    for (const chunk of octets) await client.receive(chunk);
  } catch (error) {
    if (error instanceof TlsError) return `${error.code} ${error.alert}`;
    throw error;
  }
  return 'accepted';
};

/** Asked anew each time, which TypeScript does not expect of a property. */
const stateOf = (client: TlsClient) => client.state;

const alpn = (...protocols: string[]): Extension => ({
  type: 'application_layer_protocol_negotiation',
  protocols,
});
const acceptance: Extension = { type: 'early_data', maxEarlyDataOctets: undefined };

describe('RFC 8446 §4.2.10, §4.5: early data', () => {
  const earlyData = new Uint8Array(20_000).fill(0x61);

  test('goes behind the hello, and EndOfEarlyData closes it, each under its own keys', async () => {
    const { client, server, records } = await start({ resumption, earlyData });
    expect(server.hello!.extensions!.map(({ type }) => type).slice(-2)).toEqual([
      'early_data',
      'pre_shared_key',
    ]);
    await client.receive(await server.serverHello());
    expect(
      (await server.open(server.secrets!.early, records)).map(({ type, content }) => [type, content.length]),
    ).toEqual([
      [23, 16_384],
      [23, 3616],
    ]);
    await client.receive(await server.encryptedExtensions([alpn('h2'), acceptance]));
    const { send, events } = await client.receive(await server.protect(await server.finished()));
    expect(events).toMatchObject([{ type: 'connected', resumed: true, earlyData: 'accepted' }]);
    const [end, finished] = server.take(send);
    const opened = await server.open(server.secrets!.early, [...records, end!]);
    expect(opened.at(-1)).toMatchObject({ type: 22, content: Uint8Array.of(5, 0, 0, 0) });
    server.transcript.add(opened.at(-1)!.content);
    const wanted = await server.finishedOfClient();
    const [inner] = await server.open(server.secrets!.client, [finished!]);
    expect(toHex(inner!.content)).toBe(toHex(wanted));
  });

  test('that the server does not accept is not closed, and goes unread', async () => {
    const { client, server } = await start({ resumption, earlyData });
    await client.receive(await server.serverHello());
    await client.receive(await server.encryptedExtensions([alpn('h2')]));
    const { send, events } = await client.receive(await server.protect(await server.finished()));
    expect(events).toMatchObject([{ type: 'connected', resumed: true, earlyData: 'rejected' }]);
    expect(await server.open(server.secrets!.client, server.take(send))).toMatchObject([{ type: 22 }]);
  });

  test('falls with its ticket', async () => {
    const { client, server } = await start({ resumption, earlyData }, false);
    await client.receive(await server.serverHello());
    const wrong = await server.encryptedExtensions([alpn('h2'), acceptance]);
    expect(await codeOf(client, wrong)).toBe('TLS_ILLEGAL_PARAMETER 47');
  });

  test('is for the protocol of its ticket', async () => {
    const { client, server } = await start({ resumption, earlyData, protocols: ['h2', 'http/1.1'] });
    await client.receive(await server.serverHello());
    const wrong = await server.encryptedExtensions([alpn('http/1.1'), acceptance]);
    expect(await codeOf(client, wrong)).toBe('TLS_ILLEGAL_PARAMETER 47');
  });

  test('is accepted only where it was offered', async () => {
    const { client, server } = await start({ resumption });
    await client.receive(await server.serverHello());
    const wrong = await server.encryptedExtensions([acceptance]);
    expect(await codeOf(client, wrong)).toBe('TLS_EXTENSION_UNSOLICITED 110');
  });

  test('is no more than the ticket allows, and none without one', async () => {
    for (const options of [
      { earlyData },
      { earlyData, resumption: { ...resumption, maxEarlyDataOctets: 19_999 } },
    ]) {
      const client = new TlsClient(await clientOptions(options));
      await expect(client.start()).rejects.toMatchObject({ code: 'TLS_EARLY_DATA_TOO_LONG' });
    }
  });
});

describe('RFC 8446 §4.1.4: a HelloRetryRequest', () => {
  const version: Extension = { type: 'selected_version', version: 0x0304 };
  const share = (group: number): Extension => ({ type: 'key_share_retry', group });
  const cookie: Extension = { type: 'cookie', cookie: Uint8Array.of(1, 2, 3) };

  test('gets the same hello with the cookie, and without early data', async () => {
    const { client, server } = await start({ resumption, earlyData: Uint8Array.of(1), generateKeyShare });
    const before = server.hello!;
    const { send } = await client.receive(await server.retry({ extensions: [version, cookie] }));
    expect(server.takeHello(send)).toEqual([]);
    expect(server.hello).toMatchObject({ random: before.random, sessionId: before.sessionId });
    const types = server.hello!.extensions!.map(({ type }) => type);
    expect(types).toContain('cookie');
    expect(types).not.toContain('early_data');
    expect(server.hello!.extensions).toContainEqual(cookie);
    await client.receive(await server.serverHello());
    await client.receive(await server.encryptedExtensions());
    const { events } = await client.receive(await server.protect(await server.finished()));
    expect(events).toMatchObject([{ type: 'connected', earlyData: 'rejected' }]);
  });

  test.each([
    ['for nothing', [version], 'TLS_ILLEGAL_PARAMETER 47'],
    ['for a group that it has a share of', [version, share(NAMED_GROUPS.x25519)], 'TLS_ILLEGAL_PARAMETER 47'],
    ['for a group that was not offered', [version, share(NAMED_GROUPS.x448)], 'TLS_ILLEGAL_PARAMETER 47'],
    ['of another version', [cookie], 'TLS_VERSION_UNSUPPORTED 70'],
    ['with what nobody asked for', [version, cookie, acceptance], 'TLS_EXTENSION_UNSOLICITED 110'],
  ])('%s is refused', async (_what, extensions, code) => {
    const { client, server } = await start({ generateKeyShare });
    expect(await codeOf(client, await server.retry({ extensions }))).toBe(code);
  });

  test('comes once, and its suite stays', async () => {
    const twice = await start();
    const retry = await twice.server.retry({ extensions: [version, cookie] });
    expect(await codeOf(twice.client, retry, retry)).toBe('TLS_UNEXPECTED_MESSAGE 10');
    const other = await start();
    const { send } = await other.client.receive(await other.server.retry({ extensions: [version, cookie] }));
    other.server.takeHello(send);
    expect(await codeOf(other.client, await other.server.serverHello({ cipherSuite: 0x1302 }))).toBe(
      'TLS_ILLEGAL_PARAMETER 47',
    );
  });
});

describe('RFC 8446 §4.1.3: a ServerHello', () => {
  const version: Extension = { type: 'selected_version', version: 0x0304 };
  const share = (group: number): Extension => ({
    type: 'key_share',
    entries: [{ group, keyExchange: new Uint8Array(32).fill(9) }],
  });
  const x25519 = share(NAMED_GROUPS.x25519);

  test.each<[string, Partial<ServerHello>, string]>([
    ['of 1.2', { extensions: [] }, 'TLS_VERSION_UNSUPPORTED 70'],
    ['with another session id', { sessionId: new Uint8Array(32) }, 'TLS_ILLEGAL_PARAMETER 47'],
    ['with a suite that was not offered', { cipherSuite: 0x1303 }, 'TLS_ILLEGAL_PARAMETER 47'],
    ['with compression', { compressionMethod: 1 }, 'TLS_ILLEGAL_PARAMETER 47'],
    ['with an old legacy_version', { version: 0x0302 }, 'TLS_ILLEGAL_PARAMETER 47'],
    ['without a share', { extensions: [version] }, 'TLS_EXTENSION_MISSING 109'],
    ['with a share for another group', { extensions: [version, share(0x17)] }, 'TLS_ILLEGAL_PARAMETER 47'],
    [
      'with a ticket that nobody offered',
      { extensions: [version, x25519, { type: 'selected_identity', index: 0 }] },
      'TLS_EXTENSION_UNSOLICITED 110',
    ],
    [
      'with what belongs behind it',
      { extensions: [version, x25519, alpn('h2')] },
      'TLS_ILLEGAL_PARAMETER 47',
    ],
  ])('%s is refused', async (_what, change, code) => {
    const { client, server } = await start();
    expect(await codeOf(client, await server.serverHello(change))).toBe(code);
  });

  test('that chooses another ticket than there are, or another hash, is refused', async () => {
    const index = await start({ resumption });
    const second: Extension[] = [version, x25519, { type: 'selected_identity', index: 1 }];
    expect(await codeOf(index.client, await index.server.serverHello({ extensions: second }))).toBe(
      'TLS_ILLEGAL_PARAMETER 47',
    );
    const hash = await start({ resumption });
    expect(await codeOf(hash.client, await hash.server.serverHello({ cipherSuite: 0x1302 }))).toBe(
      'TLS_ILLEGAL_PARAMETER 47',
    );
  });
});

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
