import { randomBytes } from 'node:crypto';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer, type TlsOptions, type TLSSocket } from 'node:tls';
import { type Identity, issueChain, NOW_MS, type Order } from '@/lib/x509/test-support/authority';
import { createCertificateVerifier } from '@/lib/x509';
import {
  type ClientEvent,
  groupAlgorithm,
  type KeyShare,
  keyShareOf,
  NAMED_GROUPS,
  TlsClient,
  type TlsClientOptions,
  TlsError,
} from '../index';

/** A key pair by chance. */
export async function generateKeyShare(group: number): Promise<KeyShare> {
  const pair = await crypto.subtle.generateKey(groupAlgorithm(group), true, ['deriveBits']);
  return keyShareOf(group, pair as CryptoKeyPair);
}

/** What a client is given where a test says nothing else. */
export async function clientOptions(
  { group = NAMED_GROUPS.x25519, ...options }: Partial<TlsClientOptions> & { group?: number } = {},
  root?: Identity,
): Promise<TlsClientOptions> {
  return {
    serverName: 'localhost',
    protocols: ['h2'],
    random: randomBytes(32),
    sessionId: randomBytes(32),
    keyShare: await generateKeyShare(group),
    verifyCertificate: createCertificateVerifier({
      trustAnchors: root ? [root.der] : [],
      host: 'localhost',
      nowMs: NOW_MS,
    }),
    ...options,
  };
}

/** A client on a plain TCP socket, and what it heard. */
export type Session = {
  client: TlsClient;
  socket: Socket;
  events: ClientEvent[];
  failed: Promise<TlsError>;
};

/** Node's TLS server at work. */
export type Running = {
  open(options?: Partial<TlsClientOptions> & { group?: number }): Promise<Session>;
  accepted: TLSSocket[];
  /** Codes of handshakes that failed on the server's side: the alerts that it got, by OpenSSL's names. */
  refused: string[];
  root: Identity;
};

/** Puts a client on a socket: what it says goes out, what comes in it is given, one after the other. */
export function attach(client: TlsClient, socket: Socket): Session {
  const events: ClientEvent[] = [];
  let work: Promise<unknown> = client.start().then((hello) => socket.write(hello));
  const failed = new Promise<TlsError>((resolve) => {
    socket
      .on('error', () => undefined)
      .on('data', (chunk: Buffer) => {
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
}

/** A Node TLS server on the loopback that echoes, with a chain of a root, an authority and its own certificate. */
export async function withNodeServer(
  { order, ...settings }: TlsOptions & { order?: Order },
  run: (running: Running) => Promise<void>,
): Promise<void> {
  const { root, middle, leaf } = await issueChain(order);
  const accepted: TLSSocket[] = [];
  const refused: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer(
    {
      key: leaf.keyPem,
      cert: `${leaf.certificatePem}\n${middle.certificatePem}`,
      ALPNProtocols: ['h2', 'http/1.1'],
      minVersion: 'TLSv1.3',
      ...settings,
    },
    (socket) => {
      accepted.push(socket);
      socket.on('data', (data: Buffer) => socket.write(data)).on('error', () => undefined);
    },
  );
  server.on('tlsClientError', (error: Error & { code?: string }) =>
    refused.push(error.code ?? error.message),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const open: Running['open'] = async (options) => {
    const client = new TlsClient(await clientOptions(options, root));
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    return attach(client, socket);
  };
  try {
    await run({ open, accepted, refused, root });
  } finally {
    for (const socket of [...sockets, ...accepted]) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** All application data that came. */
export const dataOf = (events: readonly ClientEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'data' ? [...event.data] : []));
