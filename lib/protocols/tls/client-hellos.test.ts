import { describe, expect, test } from 'vitest';
import { toHex } from '@/lib/bytes';
import { type Extension, NAMED_GROUPS, type ServerHello, TlsClient } from './index';
import { clientOptions, generateKeyShare } from './test-support/node-server';
import { acceptance, alpn, codeOf, resumption, start } from './test-support/scripted-handshake';

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
    [
      'that chooses 1.2 in supported_versions (§4.2.1)',
      { extensions: [{ type: 'selected_version', version: 0x0303 }, x25519] },
      'TLS_ILLEGAL_PARAMETER 47',
    ],
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
