import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createCertificateVerifier } from '@/lib/x509';
import { issue, issueChain, NOW_MS, type Order } from '@/lib/x509/test-support/authority';
import {
  createSignature,
  NAMED_GROUPS,
  type Resumption,
  resumptionOf,
  SIGNATURE_SCHEMES,
  type TlsClientOptions,
} from './index';
import { dataOf, generateKeyShare, type Session, withNodeServer } from './test-support/node-server';

/** A busy machine is no reason to fail. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });

async function ticketOf({ events }: Session) {
  await soon(() => events.some(({ type }) => type === 'ticket')).toBe(true);
  const event = events.find((candidate) => candidate.type === 'ticket');
  if (event?.type !== 'ticket') throw new Error('no ticket');
  return event;
}

describe("Node's TLS server", () => {
  test.each([
    ['X25519', NAMED_GROUPS.x25519, 'TLS_AES_128_GCM_SHA256'],
    ['P-256', NAMED_GROUPS.secp256r1, 'TLS_AES_256_GCM_SHA384'],
    ['P-384', NAMED_GROUPS.secp384r1, 'TLS_AES_128_GCM_SHA256'],
  ] as const)('completes a 1.3 handshake by %s, and echoes', async (ecdhCurve, group, ciphers) => {
    await withNodeServer({ ecdhCurve, ciphers }, async ({ open, accepted }) => {
      const { client, socket, events } = await open({ group });
      await soon(() => events[0]).toMatchObject({
        type: 'connected',
        protocol: 'h2',
        resumed: false,
        earlyData: 'none',
      });
      const text = randomBytes(50_000);
      socket.write(await client.write(text));
      await soon(() => dataOf(events).length).toBe(text.length);
      expect(dataOf(events)).toEqual([...text]);
      expect(accepted[0]!.getCipher().standardName).toBe(ciphers);
      socket.write(await client.close());
      await soon(() => accepted[0]!.readableEnded).toBe(true);
    });
  });

  test('completes it without a session id, where nobody pretends to be 1.2 (RFC 8446 §D.4)', async () => {
    await withNodeServer({}, async ({ open }) => {
      const { events } = await open({ sessionId: new Uint8Array() });
      await soon(() => events[0]).toMatchObject({ type: 'connected' });
    });
  });

  test('resumes with the ticket that it gave (RFC 8446 §2.2)', async () => {
    await withNodeServer({}, async ({ open, accepted }) => {
      const second = await open({
        resumption: resumptionOf(await ticketOf(await open()), 5, 'h2'),
        verifyCertificate: () => Promise.reject(new Error('no certificate comes')),
      });
      await soon(() => second.events[0]).toMatchObject({ type: 'connected', resumed: true });
      await soon(() => accepted[1]?.isSessionReused()).toBe(true);
    });
  });

  test('a server of 1.2 only answers our hello with an alert, and gets none back', async () => {
    await withNodeServer({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }, async ({ open }) => {
      const { failed, client } = await open();
      const error = await failed;
      expect(error).toMatchObject({ code: 'TLS_ALERT_RECEIVED', seen: 'alert 70' });
      expect(await client.alertFor(error)).toHaveLength(0);
    });
  });
});

describe('RFC 8446 §4.1.4: HelloRetryRequest', () => {
  test("Node's server asks for P-384, and gets it", async () => {
    await withNodeServer({ ecdhCurve: 'P-384' }, async ({ open }) => {
      const asked: number[] = [];
      const { events, client, socket } = await open({
        generateKeyShare: (group) => {
          asked.push(group);
          return generateKeyShare(group);
        },
      });
      await soon(() => events[0]).toMatchObject({ type: 'connected', protocol: 'h2' });
      expect(asked).toEqual([NAMED_GROUPS.secp384r1]);
      socket.write(await client.write(Uint8Array.of(1, 2, 3)));
      await soon(() => dataOf(events)).toEqual([1, 2, 3]);
    });
  });

  test('a ticket goes along, with a binder over both hellos (§4.2.11.2)', async () => {
    await withNodeServer({ ecdhCurve: 'P-384' }, async ({ open, accepted }) => {
      const ticket = await ticketOf(await open({ generateKeyShare }));
      const { events } = await open({ generateKeyShare, resumption: resumptionOf(ticket, 5, 'h2') });
      await soon(() => events[0]).toMatchObject({ type: 'connected', resumed: true });
      await soon(() => accepted[1]?.isSessionReused()).toBe(true);
    });
  });

  test('a ticket whose hash the server will not use stays behind', async () => {
    let resumption: Resumption | undefined;
    await withNodeServer({ ciphers: 'TLS_AES_256_GCM_SHA384' }, async ({ open }) => {
      resumption = resumptionOf(await ticketOf(await open()), 5, 'h2');
    });
    const settings = { ecdhCurve: 'P-384', ciphers: 'TLS_AES_128_GCM_SHA256' };
    await withNodeServer(settings, async ({ open }) => {
      const { events } = await open({ generateKeyShare, resumption });
      await soon(() => events[0]).toMatchObject({ type: 'connected', resumed: false });
    });
  });

  test('without anybody to make a key pair it is refused', async () => {
    await withNodeServer({ ecdhCurve: 'P-384' }, async ({ open, refused }) => {
      expect(await (await open()).failed).toMatchObject({ code: 'TLS_GROUP_UNSUPPORTED', alert: 40 });
      await soon(() => refused).toEqual([expect.stringMatching(/ALERT_HANDSHAKE_FAILURE$/)]);
    });
  });
});

describe("RFC 8446 §4.4: the server's certificate, with the alert that Node hears", () => {
  const expired = { notAfter: new Date(NOW_MS - 1000) };
  const otherHost = { names: [{ type: 'dns' as const, value: 'other.example' }] };

  test.each<[string, Order, string, number, RegExp]>([
    ['for another host', otherHost, 'TLS_CERTIFICATE_HOST_WRONG', 46, /ALERT_CERTIFICATE_UNKNOWN$/],
    ['past its time', expired, 'TLS_CERTIFICATE_EXPIRED', 45, /ALERT_CERTIFICATE_EXPIRED$/],
  ])('%s', async (_what, order, code, alert, heard) => {
    await withNodeServer({ order }, async ({ open, refused }) => {
      expect(await (await open()).failed).toMatchObject({ code, alert });
      await soon(() => refused).toEqual([expect.stringMatching(heard)]);
    });
  });

  test('by an authority that nobody knows', async () => {
    const { root } = await issueChain();
    const expectations = { trustAnchors: [root.der], host: 'localhost', nowMs: NOW_MS };
    const stranger = await issue({ subject: 'CN=Stranger', isAuthority: true });
    const verifyCertificate = createCertificateVerifier({ ...expectations, trustAnchors: [stranger.der] });
    await withNodeServer({}, async ({ open, refused }) => {
      const { failed } = await open({ verifyCertificate });
      expect(await failed).toMatchObject({ code: 'TLS_CERTIFICATE_CA_UNKNOWN', alert: 48 });
      await soon(() => refused).toEqual([expect.stringMatching(/ALERT_UNKNOWN_CA$/)]);
    });
  });

  test('by somebody who only has the name of an authority', async () => {
    const { root } = await issueChain();
    const verifyCertificate = createCertificateVerifier({
      trustAnchors: [root.der],
      host: 'localhost',
      nowMs: NOW_MS,
    });
    await withNodeServer({}, async ({ open, refused }) => {
      const { failed } = await open({ verifyCertificate });
      expect(await failed).toMatchObject({ code: 'TLS_CERTIFICATE_SIGNATURE_WRONG', alert: 42 });
      await soon(() => refused).toEqual([expect.stringMatching(/ALERT_BAD_CERTIFICATE$/)]);
    });
  });

  test('whose key did not sign this handshake', async () => {
    await withNodeServer({}, async ({ open, refused, root }) => {
      const verify = createCertificateVerifier({
        trustAnchors: [root.der],
        host: 'localhost',
        nowMs: NOW_MS,
      });
      const verifyCertificate: TlsClientOptions['verifyCertificate'] = ({ signed, ...claim }) =>
        verify({ ...claim, signed: signed.map((octet, index) => (index === 100 ? octet ^ 1 : octet)) });
      const { failed } = await open({ verifyCertificate });
      expect(await failed).toMatchObject({ code: 'TLS_CERTIFICATE_VERIFY_WRONG', alert: 51 });
      await soon(() => refused).toEqual([expect.stringMatching(/ALERT_DECRYPT_ERROR$/)]);
    });
  });

  test('that the caller just does not want', async () => {
    await withNodeServer({}, async ({ open, refused }) => {
      const { failed } = await open({ verifyCertificate: () => Promise.resolve(false) });
      expect(await failed).toMatchObject({ code: 'TLS_CERTIFICATE_REFUSED', alert: 42 });
      await soon(() => refused).toEqual([expect.stringMatching(/ALERT_BAD_CERTIFICATE$/)]);
    });
  });

  test.each([
    ['RSA', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048 }],
    ['P-384', { name: 'ECDSA', namedCurve: 'P-384' }],
    ['Ed25519', { name: 'Ed25519' }],
  ] as const)('with a key of %s holds', async (_name, algorithm) => {
    const keyAlgorithm = { ...algorithm, publicExponent: Uint8Array.of(1, 0, 1) };
    await withNodeServer({ order: { keyAlgorithm } }, async ({ open }) => {
      const { events } = await open();
      await soon(() => events[0]).toMatchObject({ type: 'connected' });
    });
  });
});

describe('RFC 8446 §4.3.2, §4.4.2: a server that asks who we are', () => {
  const scheme = SIGNATURE_SCHEMES.ecdsa_secp256r1_sha256;

  test('hears that it is nobody, and takes it where it must not know', async () => {
    const settings = { requestCert: true, rejectUnauthorized: false };
    await withNodeServer(settings, async ({ open, accepted }) => {
      const { events } = await open();
      await soon(() => events[0]).toMatchObject({ type: 'connected' });
      await soon(() => accepted[0]?.getPeerCertificate()).toEqual({});
    });
  });

  test('hears that it is nobody, and ends it where it must know', async () => {
    await withNodeServer({ requestCert: true }, async ({ open, refused, accepted }) => {
      const { failed } = await open();
      expect(await failed).toMatchObject({ code: 'TLS_ALERT_RECEIVED', seen: 'alert 116' });
      expect(accepted).toEqual([]);
      expect(refused).toHaveLength(1);
    });
  });

  test('believes a chain and a signature by its key', async () => {
    const mine = await issueChain({ subject: 'CN=learner', names: [] });
    const settings = { requestCert: true, ca: mine.root.certificatePem };
    await withNodeServer(settings, async ({ open, accepted }) => {
      const { events } = await open({
        certificate: {
          chain: mine.chain,
          schemes: [scheme],
          sign: (wanted, signed) => createSignature(wanted, mine.leaf.privateKey, signed),
        },
      });
      await soon(() => events[0]).toMatchObject({ type: 'connected' });
      await soon(() => accepted[0]?.authorized).toBe(true);
      expect(accepted[0]!.getPeerCertificate().subject.CN).toBe('learner');
    });
  });

  test('does not believe a signature by another key', async () => {
    const mine = await issueChain({ subject: 'CN=learner', names: [] });
    const settings = { requestCert: true, ca: mine.root.certificatePem };
    await withNodeServer(settings, async ({ open, accepted }) => {
      const { failed } = await open({
        certificate: {
          chain: mine.chain,
          schemes: [scheme],
          sign: (wanted, signed) => createSignature(wanted, mine.middle.privateKey, signed),
        },
      });
      expect(await failed).toMatchObject({ code: 'TLS_ALERT_RECEIVED', seen: 'alert 51' });
      expect(accepted).toEqual([]);
    });
  });
});

describe('RFC 8446 §4.2.10: early data', () => {
  test("Node's server, which takes none, reads past it, and the client sends it again", async () => {
    await withNodeServer({}, async ({ open, accepted }) => {
      const ticket = await ticketOf(await open());
      // Its tickets allow none; we pretend they did.
      const resumption = { ...resumptionOf(ticket, 5, 'h2'), maxEarlyDataOctets: 100 };
      const earlyData = Buffer.from('GET / HTTP/1.1');
      const { events, client, socket } = await open({ resumption, earlyData });
      await soon(() => events[0]).toMatchObject({ type: 'connected', resumed: true, earlyData: 'rejected' });
      expect(accepted[1]!.bytesRead).toBe(0);
      socket.write(await client.write(earlyData));
      await soon(() => dataOf(events)).toEqual([...earlyData]);
    });
  });

  test('is rejected by a HelloRetryRequest as well, and the second hello offers none', async () => {
    await withNodeServer({ ecdhCurve: 'P-384' }, async ({ open }) => {
      const ticket = await ticketOf(await open({ generateKeyShare }));
      const resumption = { ...resumptionOf(ticket, 5, 'h2'), maxEarlyDataOctets: 100 };
      const { events } = await open({ generateKeyShare, resumption, earlyData: Buffer.from('early') });
      await soon(() => events[0]).toMatchObject({ type: 'connected', resumed: true, earlyData: 'rejected' });
    });
  });
});
