import {
  type ClientHello,
  CONTENT_TYPES,
  decodeHandshake,
  deriveSecret,
  earlySecret,
  encodeHandshake,
  encodeRecord,
  finishedMac,
  getSuiteOrThrow,
  type HandshakeMessage,
  nextSecret,
  RecordProtection,
  RecordReader,
  RETRY_REQUEST_RANDOM,
  type SecretLabel,
  type ServerHello,
  sharedSecret,
  type TlsRecord,
  trafficKeys,
  Transcript,
} from '../index';
import { generateKeyShare } from './node-server';

type EncryptedExtensions = Extract<HandshakeMessage, { type: 'encrypted_extensions' }>['extensions'];

/** A server that says what a test tells it to, right or wrong; it judges nothing. */
export class ScriptedServer {
  readonly suite;
  readonly transcript = new Transcript();
  hello: ClientHello | undefined;
  secrets: { client: Uint8Array; server: Uint8Array; early: Uint8Array } | undefined;
  private readonly reader = new RecordReader();
  private readonly psk: Uint8Array | undefined;
  private sealing: RecordProtection | undefined;

  constructor({ psk, suite = 0x1301 }: { psk?: Uint8Array; suite?: number } = {}) {
    this.psk = psk;
    this.suite = getSuiteOrThrow(suite);
  }

  /** What the client sent, as records; the first of them is its hello. Answers the others. */
  takeHello(octets: Uint8Array): TlsRecord[] {
    const records = this.reader.push(octets).filter(({ type }) => type !== CONTENT_TYPES.change_cipher_spec);
    const [first, ...rest] = records;
    this.hello = decodeHandshake(first!.fragment) as ClientHello;
    this.transcript.add(first!.fragment);
    return rest;
  }

  /** Records that came later, without those that say nothing. */
  take(octets: Uint8Array): TlsRecord[] {
    return this.reader.push(octets).filter(({ type }) => type !== CONTENT_TYPES.change_cipher_spec);
  }

  async retry(change: Partial<ServerHello> = {}): Promise<Uint8Array> {
    await this.transcript.foldIntoHash(this.suite);
    return this.plain({ ...this.answer(), random: RETRY_REQUEST_RANDOM, isRetryRequest: true, ...change });
  }

  /** ServerHello, and the keys behind it. */
  async serverHello(change: Partial<ServerHello> = {}): Promise<Uint8Array> {
    const [offered] = this.hello!.extensions!.flatMap((it) => (it.type === 'key_share' ? it.entries : []));
    const early = await earlySecret(this.suite, this.psk);
    const earlyTraffic = await this.derive(early, 'c e traffic');
    const share = await generateKeyShare(offered!.group);
    const message: ServerHello = {
      ...this.answer(),
      extensions: [
        { type: 'selected_version', version: 0x0304 },
        { type: 'key_share', entries: [{ group: offered!.group, keyExchange: share.publicKey }] },
        ...(this.psk ? [{ type: 'selected_identity' as const, index: 0 }] : []),
      ],
      ...change,
    };
    const record = this.plain(message);
    const secret = await nextSecret(this.suite, early, await sharedSecret(share, offered!.keyExchange));
    this.secrets = {
      client: await this.derive(secret, 'c hs traffic'),
      server: await this.derive(secret, 's hs traffic'),
      early: earlyTraffic,
    };
    this.sealing = new RecordProtection(await trafficKeys(this.suite, this.secrets.server));
    return record;
  }

  /** Messages in one record under the handshake keys. */
  protect(...messages: HandshakeMessage[]): Promise<Uint8Array> {
    return this.protectOctets(Uint8Array.from(messages.flatMap((message) => [...encodeHandshake(message)])));
  }

  /** The same for messages that are none. */
  protectOctets(octets: Uint8Array): Promise<Uint8Array> {
    this.transcript.add(octets);
    return this.sealing!.seal(CONTENT_TYPES.handshake, octets);
  }

  /** An alert of level warning under the handshake keys. */
  alert(description: number): Promise<Uint8Array> {
    return this.sealing!.seal(CONTENT_TYPES.alert, Uint8Array.of(1, description));
  }

  encryptedExtensions(extensions: EncryptedExtensions = []): Promise<Uint8Array> {
    return this.protect({ type: 'encrypted_extensions', extensions });
  }

  async finished(): Promise<HandshakeMessage> {
    const hash = await this.transcript.hash(this.suite);
    return { type: 'finished', verifyData: await finishedMac(this.suite, this.secrets!.server, hash) };
  }

  /** The Finished that the client has to send now, as octets. */
  async finishedOfClient(): Promise<Uint8Array> {
    const hash = await this.transcript.hash(this.suite);
    const verifyData = await finishedMac(this.suite, this.secrets!.client, hash);
    return encodeHandshake({ type: 'finished', verifyData });
  }

  /** Records of the client under one of its secrets, one after another. */
  async open(secret: Uint8Array, records: readonly TlsRecord[]) {
    const protection = new RecordProtection(await trafficKeys(this.suite, secret));
    const opened = [];
    for (const record of records) opened.push(await protection.open(record));
    return opened;
  }

  private answer(): ServerHello {
    return {
      type: 'server_hello',
      version: 0x0303,
      random: new Uint8Array(32).fill(7),
      sessionId: this.hello!.sessionId,
      cipherSuite: this.suite.number,
      compressionMethod: 0,
      extensions: [],
      isRetryRequest: false,
    };
  }

  private plain(message: HandshakeMessage): Uint8Array {
    const fragment = encodeHandshake(message);
    this.transcript.add(fragment);
    return encodeRecord({ type: CONTENT_TYPES.handshake, version: 0x0303, fragment });
  }

  private async derive(secret: Uint8Array, label: SecretLabel): Promise<Uint8Array> {
    return deriveSecret(this.suite, secret, label, await this.transcript.hash(this.suite));
  }
}
