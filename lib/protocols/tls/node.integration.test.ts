import { execFileSync } from 'node:child_process';
import { createPublicKey, randomBytes, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ClientEvent,
  groupAlgorithm,
  keyShareOf,
  NAMED_GROUPS,
  type Resumption,
  TlsClient,
  type TlsClientOptions,
  TlsError,
} from './index';

let key: Buffer;
let cert: Buffer;
const folder = mkdtempSync(join(tmpdir(), 'roundtrip-tls-'));

beforeAll(() => {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...[
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
        '-keyout',
        keyFile,
        '-out',
        certFile,
      ],
    ],
    { stdio: 'ignore' },
  );
  [key, cert] = [readFileSync(keyFile), readFileSync(certFile)];
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Trusts the one certificate that the server was given, and checks its signature with Node's own crypto. */
const verifyCertificate: TlsClientOptions['verifyCertificate'] = async ({ chain, signature, signed }) => {
  const leaf = new X509Certificate(chain[0]!.certificate);
  if (leaf.fingerprint256 !== new X509Certificate(cert).fingerprint256 || !leaf.checkHost('localhost'))
    return false;
  return verify(
    'sha256',
    signed,
    createPublicKey(leaf.publicKey.export({ type: 'spki', format: 'pem' })),
    signature,
  );
};

type Session = { client: TlsClient; socket: Socket; events: ClientEvent[]; failed: Promise<TlsError> };

/** A Node TLS server on the loopback that echoes, and our client on a plain TCP socket. */
async function withServer(
  settings: { minVersion?: 'TLSv1.2' | 'TLSv1.3'; maxVersion?: 'TLSv1.2' | 'TLSv1.3'; ciphers?: string },
  run: (
    open: (options?: Partial<TlsClientOptions> & { group?: number }) => Promise<Session>,
    accepted: TLSSocket[],
  ) => Promise<void>,
): Promise<void> {
  const accepted: TLSSocket[] = [];
  const sockets: Socket[] = [];
  const server = createServer({ key, cert, ALPNProtocols: ['h2', 'http/1.1'], ...settings }, (socket) => {
    accepted.push(socket);
    socket.on('data', (data: Buffer) => socket.write(data)).on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await run(async ({ group = NAMED_GROUPS.x25519, ...options } = {}) => {
      const pair = (await crypto.subtle.generateKey(groupAlgorithm(group), true, [
        'deriveBits',
      ])) as CryptoKeyPair;
      const client = new TlsClient({
        serverName: 'localhost',
        protocols: ['h2'],
        random: randomBytes(32),
        sessionId: randomBytes(32),
        keyShare: await keyShareOf(group, pair),
        verifyCertificate,
        ...options,
      });
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      const events: ClientEvent[] = [];
      let work: Promise<unknown> = client.start().then((hello) => socket.write(hello));
      const failed = new Promise<TlsError>((resolve) => {
        socket.on('data', (chunk: Buffer) => {
          work = work
            .then(() => client.receive(chunk))
            .then((output) => {
              events.push(...output.events);
              socket.write(output.send);
            })
            .catch(async (error: unknown) => {
              if (!(error instanceof TlsError)) throw error;
              socket.end(await client.alertFor(error));
              resolve(error);
            });
        });
      });
      return { client, socket, events, failed };
    }, accepted);
  } finally {
    for (const socket of [...sockets, ...accepted]) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

const dataOf = (events: readonly ClientEvent[]) =>
  Buffer.concat(events.flatMap((event) => (event.type === 'data' ? [event.data] : [])));

describe("Node's TLS server", () => {
  test.each([
    ['x25519', NAMED_GROUPS.x25519, 'TLS_AES_128_GCM_SHA256'],
    ['secp256r1', NAMED_GROUPS.secp256r1, 'TLS_AES_256_GCM_SHA384'],
    ['secp384r1', NAMED_GROUPS.secp384r1, 'TLS_AES_128_GCM_SHA256'],
  ] as const)('completes a 1.3 handshake by %s, and echoes', async (_name, group, ciphers) => {
    await withServer({ minVersion: 'TLSv1.3', ciphers }, async (open, accepted) => {
      const { client, socket, events } = await open({ group });
      await expect.poll(() => events[0]).toMatchObject({ type: 'connected', protocol: 'h2', resumed: false });
      const text = randomBytes(50_000);
      socket.write(await client.write(text));
      await expect.poll(() => dataOf(events).length, { timeout: 5000 }).toBe(text.length);
      expect(Buffer.compare(dataOf(events), text)).toBe(0);
      expect(accepted[0]!.getCipher().standardName).toBe(ciphers);
      socket.write(await client.close());
      await expect.poll(() => accepted[0]!.readableEnded).toBe(true);
    });
  });

  test('resumes with the ticket that it gave (RFC 8446 §2.2)', async () => {
    await withServer({ minVersion: 'TLSv1.3' }, async (open, accepted) => {
      const first = await open();
      await expect.poll(() => first.events.some(({ type }) => type === 'ticket')).toBe(true);
      const event = first.events.find((candidate) => candidate.type === 'ticket');
      if (event?.type !== 'ticket') throw new Error('no ticket');
      const resumption: Resumption = {
        identity: event.ticket.ticket,
        obfuscatedTicketAge: (event.ticket.ageAdd + 5) >>> 0,
        psk: event.psk,
        suite: event.suite,
      };
      const second = await open({
        resumption,
        verifyCertificate: () => Promise.reject(new Error('no certificate comes')),
      });
      await expect.poll(() => second.events[0]).toMatchObject({ type: 'connected', resumed: true });
      await expect.poll(() => accepted[1]?.isSessionReused()).toBe(true);
    });
  });

  test('a certificate that is refused ends the handshake with an alert that it understands', async () => {
    await withServer({ minVersion: 'TLSv1.3' }, async (open) => {
      const { failed } = await open({ verifyCertificate: () => Promise.resolve(false) });
      expect(await failed).toMatchObject({ code: 'TLS_CERTIFICATE_REFUSED' });
    });
  });

  test('a server of 1.2 only answers our hello with an alert', async () => {
    await withServer({ maxVersion: 'TLSv1.2' }, async (open) => {
      const { failed } = await open();
      expect(await failed).toMatchObject({ code: 'TLS_ALERT_RECEIVED', seen: 'alert 70' });
    });
  });
});
