import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import { fromHex, toHex } from '@/lib/bytes';
import {
  decodeHandshake,
  deriveSecret,
  earlySecret,
  encodeHandshake,
  getSuiteOrThrow,
  HandshakeReader,
  hkdfExpand,
  hkdfExtract,
  type HmacHash,
  nextSecret,
  RecordProtection,
  RecordReader,
  sharedSecret,
  type TrafficKeys,
  trafficKeys,
  Transcript,
} from './index';
import { x25519ShareOf } from './test-support/x25519-share';

const folder = join(import.meta.dirname, '../../../../shared/vectors/tls13');
const describeVectors = describe.skipIf(!existsSync(folder));
const read = (file: string): unknown =>
  existsSync(folder) ? JSON.parse(readFileSync(join(folder, file), 'utf8')) : undefined;

type Step = { actor: string; action: string; values: Record<string, string | { text: string }> };
type Trace = { section: string; title: string; steps: Step[] };
const { traces } = (read('rfc8448-section-3.json') ?? { traces: [] }) as { traces: Trace[] };

const hexIn = ({ values }: Step, name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

describeVectors('RFC 8448', () => {
  test.each(traces)('§$section $title: every HKDF step', async ({ steps }) => {
    let count = 0;
    for (const step of steps) {
      const [prk, ikm, secret] = ['PRK', 'IKM', 'secret'].map((name) => hexIn(step, name));
      if (ikm !== undefined && secret !== undefined) {
        const salt = fromHex(hexIn(step, 'salt') ?? '');
        expect(toHex(await hkdfExtract('SHA-256', salt, fromHex(ikm)))).toBe(secret);
        count++;
      }
      for (const [info, expanded] of [
        ['info', 'expanded'],
        ['key info', 'key expanded'],
        ['iv info', 'iv expanded'],
      ] as const) {
        const [from, to] = [hexIn(step, info), hexIn(step, expanded)];
        if (prk === undefined || from === undefined || to === undefined) continue;
        expect(toHex(await hkdfExpand('SHA-256', fromHex(prk), fromHex(from), to.length / 2))).toBe(to);
        count++;
      }
    }
    expect(count).toBeGreaterThan(5);
  });

  const messages = traces.flatMap(({ section, steps }) =>
    steps.flatMap((step) =>
      Object.entries(step.values).flatMap(([name, hex]) =>
        step.action.startsWith('construct a') && typeof hex === 'string' && /^[A-Z][A-Za-z]+$/.test(name)
          ? [{ section, name, hex }]
          : [],
      ),
    ),
  );

  test.each(messages)('§$section $name: parsed, written again, and every bit explained', ({ name, hex }) => {
    // The ClientHello of a resumption is printed without its binders at first.
    const octets = fromHex(hex);
    const spans: Span[] = [];
    let message;
    try {
      message = decodeHandshake(octets, '1.3', spans);
    } catch (error) {
      expect(name).toBe('ClientHello');
      expect(error).toMatchObject({ code: 'TLS_FIELD_TRUNCATED' });
      return;
    }
    expect(message.type.replaceAll('_', '')).toBe(
      name === 'HelloRetryRequest' ? 'serverhello' : name.toLowerCase(),
    );
    expect(toHex(encodeHandshake(message))).toBe(hex);
    let bit = 0;
    for (const { start, end } of spans) {
      expect(start).toBe(bit);
      bit = end;
    }
    expect(bit).toBe(octets.length * 8);
  });

  test.each(traces)('§$section $title: the records open with the keys of the trace', async ({ steps }) => {
    // Keys in the order in which they were derived; a sender uses its newest that opens the record.
    const keys: TrafficKeys[] = [];
    for (const step of steps) {
      const [key, iv] = [hexIn(step, 'key expanded'), hexIn(step, 'iv expanded')];
      if (key && iv) keys.push({ key: fromHex(key), iv: fromHex(iv) });
    }
    const protections = keys.map((pair) => ({ pair, opened: new RecordProtection(pair), count: 0 }));
    let opened = 0;
    for (const step of steps) {
      const [payload, wire] = [hexIn(step, 'payload'), hexIn(step, 'complete record')];
      if (!payload || !wire?.startsWith('17')) continue;
      const [record] = new RecordReader().push(fromHex(wire));
      const found = await Promise.any(
        protections.map(async (candidate) => {
          const attempt = new RecordProtection(candidate.pair);
          for (let skipped = 0; skipped < candidate.count; skipped++)
            await attempt.open(record!).catch(() => undefined);
          return { candidate, inner: await attempt.open(record!) };
        }),
      );
      found.candidate.count++;
      expect(toHex(found.inner.content)).toBe(payload);
      opened++;
    }
    expect(opened).toBeGreaterThan(2);
  });
});

describeVectors('RFC 5869 Appendix A', () => {
  type Case = {
    id: string;
    hash: HmacHash;
    IKM: string;
    salt: string;
    info: string;
    L: number;
    PRK: string;
    OKM: string;
  };
  const { vectors } = (read('rfc5869-hkdf.json') ?? { vectors: [] }) as { vectors: Case[] };
  test.each(vectors)('$id', async ({ hash, IKM, salt, info, L, PRK, OKM }) => {
    const prk = await hkdfExtract(hash, fromHex(salt), fromHex(IKM));
    expect(toHex(prk)).toBe(PRK);
    expect(toHex(await hkdfExpand(hash, prk, fromHex(info), L))).toBe(OKM);
  });
});

describeVectors('the illustrated TLS 1.3 connection', () => {
  type Opened = { record: string; keys: string; seq: number; innerType: number; plaintextHex: string };
  type Pair = { privateKey: string; publicKey: string };
  type File = { cipherSuite: string; records: Record<string, string>; decrypted: Opened[] } & Record<
    string,
    string
  >;
  type Pairs = { clientEphemeral: Pair; serverEphemeral: Pair };
  const file = read('illustrated-tls13.json') as File;

  test('its records and messages are read and written again', () => {
    expect(getSuiteOrThrow(parseInt(file.cipherSuite, 16)).hash).toBe('SHA-384');
    for (const [name, hex] of Object.entries(file.records)) {
      if (!/^(client|server)hello$/.test(name)) continue;
      const [record] = new RecordReader().push(fromHex(hex));
      const [message] = new HandshakeReader().push(record!.fragment);
      expect(toHex(encodeHandshake(decodeHandshake(message!)))).toBe(toHex(record!.fragment));
    }
  });

  const suite = getSuiteOrThrow(0x1302);
  const fragmentOf = (name: string) => new RecordReader().push(fromHex(file.records[name]!))[0]!.fragment;

  test('every secret and key comes of the private keys and the messages', async () => {
    const { clientEphemeral, serverEphemeral } = read('illustrated-tls13.json') as Pairs;
    const shared = await sharedSecret(
      await x25519ShareOf(clientEphemeral.privateKey),
      fromHex(serverEphemeral.publicKey),
    );
    const transcript = new Transcript();
    for (const name of ['clienthello', 'serverhello']) transcript.add(fragmentOf(name));
    const helloHash = await transcript.hash(suite);
    const early = await earlySecret(suite);
    const handshake = await nextSecret(suite, early, shared);
    const master = await nextSecret(suite, handshake);
    for (const name of ['extensions', 'cert', 'certverify', 'finished'])
      // Their content type stands behind them.
      transcript.add(fromHex(file.records[`server${name}`]!).slice(0, -1));
    const handshakeHash = await transcript.hash(suite);
    const ours: Record<string, Uint8Array> = {
      sharedSecret: shared,
      earlySecret: early,
      handshakeSecret: handshake,
      helloHash,
      masterSecret: master,
      handshakeHash,
    };
    for (const [phase, secret, hash] of [
      ['Handshake', handshake, helloHash],
      ['Application', master, handshakeHash],
    ] as const)
      for (const side of ['client', 'server'] as const) {
        const label =
          `${side === 'client' ? 'c' : 's'} ${phase === 'Handshake' ? 'hs' : 'ap'} traffic` as const;
        const traffic = await deriveSecret(suite, secret, label, hash);
        const { key, iv } = await trafficKeys(suite, traffic);
        Object.assign(ours, {
          [`${side}${phase}TrafficSecret`]: traffic,
          [`${side}${phase}Key`]: key,
          [`${side}${phase}Iv`]: iv,
        });
      }
    for (const [name, value] of Object.entries(ours))
      expect([name, toHex(value)]).toEqual([name, file[name]]);
  });

  test('every protected record opens', async () => {
    const protections = new Map<string, RecordProtection>();
    for (const { record, keys, innerType, plaintextHex } of file.decrypted) {
      const name = keys.replace(/ (.)/, (_, letter: string) => letter.toUpperCase());
      const pair = { key: fromHex(file[`${name}Key`]!), iv: fromHex(file[`${name}Iv`]!) };
      const protection = protections.get(keys) ?? new RecordProtection(pair);
      protections.set(keys, protection);
      const [sealed] = new RecordReader().push(fromHex(file.records[record]!));
      const { type, content } = await protection.open(sealed!);
      expect([record, type, toHex(content)]).toEqual([record, innerType, plaintextHex]);
    }
    expect(file.decrypted.length).toBeGreaterThan(5);
  });
});
