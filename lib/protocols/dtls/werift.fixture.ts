import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';

type Transport = { onData: (octets: Buffer) => void; send(octets: Buffer): Promise<void>; close(): void };
type Listen<T extends unknown[]> = { subscribe(listener: (...values: T) => void): void };

/** What is used of an end of werift's DTLS. */
export type WeriftPeer = {
  onConnect: Listen<[]>;
  onData: Listen<[Buffer]>;
  send(octets: Buffer): Promise<void>;
  cipher: { masterSecret: Buffer; localRandom: { serialize(): Buffer }; localCert: Buffer };
  extractSessionKeys(
    keyOctets: number,
    saltOctets: number,
  ): Record<'localKey' | 'localSalt' | 'remoteKey' | 'remoteSalt', Buffer>;
  exportKeyingMaterial(label: string, octets: number): Buffer;
};
type Options = Record<string, unknown> & { transport: Transport };
type Tap = (octets: Uint8Array) => void;

const load = createRequire(import.meta.url);

/** A module of werift's DTLS, which its package does not name as an entry. */
export const fromWerift = (path: string): unknown =>
  load(join(import.meta.dirname, '../../../node_modules/werift/lib/dtls/src', path));

const { DtlsClient } = fromWerift('client.js') as {
  DtlsClient: new (options: Options) => WeriftPeer & { connect(): Promise<void> };
};
const { DtlsServer } = fromWerift('server.js') as { DtlsServer: new (options: Options) => WeriftPeer };
const { CipherContext } = fromWerift('context/cipher.js') as {
  CipherContext: {
    createSelfSignedCertificateWithKey(
      hash: object,
      curve: number,
    ): Promise<{ certPem: string; keyPem: string }>;
  };
};

/** ECDSA with SHA-256. */
const signatureHash = { signature: 3, hash: 4 };
const sockets: Socket[] = [];

/** A socket that `closeSockets` closes. */
export function openSocket(): Socket {
  const socket = createSocket('udp4');
  sockets.push(socket);
  return socket;
}

export function closeSockets(): void {
  for (const socket of sockets.splice(0)) socket.close();
}

/** A socket on loopback as werift's transport. `tap` sees what it sends; without `to`, it answers whoever spoke last. */
async function createTransport(tap: Tap, to?: number) {
  const socket = openSocket().bind(0, '127.0.0.1');
  await once(socket, 'listening');
  let peer = to;
  const transport: Transport = {
    onData: () => undefined,
    send: async (octets) => {
      tap(Uint8Array.from(octets));
      socket.send(octets, peer, '127.0.0.1');
    },
    close: () => undefined,
  };
  socket.on('message', (octets, { port }) => {
    peer ??= port;
    transport.onData(octets);
  });
  return { transport, port: socket.address().port };
}

async function optionsFor(transport: Transport, certificateRequest: boolean): Promise<Options> {
  const { certPem, keyPem } = await CipherContext.createSelfSignedCertificateWithKey(signatureHash, 23);
  return {
    ...{ cert: certPem, key: keyPem, signatureHash, transport },
    ...{ srtpProfiles: [1], extendedMasterSecret: true, certificateRequest },
  };
}

/** werift's server of DTLS 1.2 on a port of loopback, that knows the SRTP profile 1. */
export async function startWeriftServer({
  tap = () => undefined,
  asksCertificate = false,
}: {
  tap?: Tap;
  asksCertificate?: boolean;
} = {}): Promise<{ server: WeriftPeer; port: number }> {
  const { transport, port } = await createTransport(tap);
  return { server: new DtlsServer(await optionsFor(transport, asksCertificate)), port };
}

/** werift's client of a server on loopback; it waits for `connect()`. */
export async function createWeriftClient(port: number, tap: Tap) {
  const { transport } = await createTransport(tap, port);
  return new DtlsClient(await optionsFor(transport, true));
}

/** When an end has finished its handshake. */
export const connected = (peer: WeriftPeer) =>
  new Promise<void>((resolve) => peer.onConnect.subscribe(() => resolve()));
