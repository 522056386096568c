import { decodeAlert, encodeAlert } from './alert';
import { type CipherSuite, getSuiteOrThrow } from './cipher-suites';
import { type ClientHelloOptions, writeClientHello } from './client-hello';
import { decodeHandshake, HandshakeReader } from './decode-handshake';
import { encodeHandshake } from './encode-handshake';
import { TlsError } from './errors';
import type { CertificateEntry, HandshakeMessage, NewSessionTicket, ServerHello } from './handshake';
import { sharedSecret } from './key-exchange';
import {
  deriveSecret,
  earlySecret,
  finishedMac,
  nextSecret,
  ticketPsk,
  trafficKeys,
  transcriptHash,
  updatedSecret,
} from './key-schedule';
import { concat } from './presentation';
import { RecordProtection } from './protection';
import { encodeRecord, RecordReader, type TlsRecord } from './record';
import { CONTENT_TYPES, VERSIONS } from './registry';

/** States of RFC 8446 §A.1, and the ends. */
export type ClientState =
  'START' | 'WAIT_SH' | 'WAIT_EE' | 'WAIT_CERT_CR' | 'WAIT_CV' | 'WAIT_FINISHED' | 'CONNECTED' | 'CLOSED';

/** What the program above hears. */
export type ClientEvent =
  | { type: 'connected'; suite: number; protocol: string | undefined; resumed: boolean }
  | { type: 'data'; data: Uint8Array }
  /** A ticket: with the PSK it can be resumed with (`Resumption`, its age to be added). */
  | { type: 'ticket'; ticket: NewSessionTicket; psk: Uint8Array; suite: CipherSuite }
  | { type: 'closed' };

/** What one step of the client brought: octets for the server, and news. */
export type ClientOutput = { send: Uint8Array; events: ClientEvent[] };

/** What a client is given: its hello, and who judges certificates. */
export type TlsClientOptions = ClientHelloOptions & {
  /**
   * Whether the chain leads to someone trusted, is for this host, and its first key made `signature` over `signed`
   * (RFC 8446 §4.4.3). X.509 is not this room's: the caller brings a library for it.
   */
  verifyCertificate(claim: {
    chain: readonly CertificateEntry[];
    scheme: number;
    signature: Uint8Array;
    signed: Uint8Array;
  }): Promise<boolean>;
};

const NOTHING = new Uint8Array();
const SERVER_CONTEXT = 'TLS 1.3, server CertificateVerify';

/**
 * A client of TLS 1.3 (RFC 8446 §A.1) without a socket: octets in, octets and events out. Chance (random, session id, key
 * pair) comes in with the options. `receive` must not be called again before its promise is settled. Any error ends the
 * connection; `TlsError.alert` says what to tell the server, and `alertFor` writes it.
 */
export class TlsClient {
  state: ClientState = 'START';
  private readonly options: TlsClientOptions;
  private readonly records = new RecordReader();
  private readonly messages = new HandshakeReader();
  private transcript: Uint8Array = NOTHING;
  private suite: CipherSuite | undefined;
  private secret: Uint8Array = NOTHING;
  private secrets: { client: Uint8Array; server: Uint8Array } = { client: NOTHING, server: NOTHING };
  private reading: RecordProtection | undefined;
  private writing: RecordProtection | undefined;
  private chain: readonly CertificateEntry[] = [];
  private protocol: string | undefined;
  private resumed = false;
  private resumptionSecret: Uint8Array = NOTHING;
  private out: Uint8Array[] = [];
  private events: ClientEvent[] = [];

  constructor(options: TlsClientOptions) {
    this.options = options;
  }

  /** The first flight. */
  async start(): Promise<Uint8Array> {
    const hello = await writeClientHello(this.options);
    this.transcript = hello;
    this.state = 'WAIT_SH';
    return encodeRecord({ type: CONTENT_TYPES.handshake, version: VERSIONS['TLS 1.0'], fragment: hello });
  }

  /** @throws TlsError */
  async receive(chunk: Uint8Array): Promise<ClientOutput> {
    for (const record of this.records.push(chunk)) {
      if (this.state === 'CLOSED') break;
      await this.takeRecord(record);
    }
    const output = { send: concat(...this.out), events: this.events };
    [this.out, this.events] = [[], []];
    return output;
  }

  /** Application data as records. @throws TlsError TLS_NOT_CONNECTED */
  async write(data: Uint8Array): Promise<Uint8Array> {
    if (this.state !== 'CONNECTED' || !this.writing)
      throw new TlsError('TLS_NOT_CONNECTED', 0, this.state, 'CONNECTED');
    const records: Uint8Array[] = [];
    for (let at = 0; at < data.length; at += 2 ** 14)
      records.push(await this.writing.seal(CONTENT_TYPES.application_data, data.subarray(at, at + 2 ** 14)));
    return concat(...records);
  }

  /** close_notify, after which nothing is written (RFC 8446 §6.1). */
  close(): Promise<Uint8Array> {
    this.state = 'CLOSED';
    return this.writeAlert(encodeAlert({ level: 'warning', description: 0 }));
  }

  /** What to send for an error before closing (RFC 8446 §6.2). */
  alertFor(error: TlsError): Promise<Uint8Array> {
    this.state = 'CLOSED';
    return this.writeAlert(encodeAlert({ level: 'fatal', description: error.alert }));
  }

  private async writeAlert(alert: Uint8Array): Promise<Uint8Array> {
    if (this.writing) return this.writing.seal(CONTENT_TYPES.alert, alert);
    return encodeRecord({ type: CONTENT_TYPES.alert, version: VERSIONS['TLS 1.2'], fragment: alert });
  }

  private async takeRecord(record: TlsRecord): Promise<void> {
    // Some servers send one so that boxes on the way take the connection for 1.2 (RFC 8446 §5, §D.4).
    if (record.type === CONTENT_TYPES.change_cipher_spec && this.state !== 'CONNECTED') return;
    let [type, content] = [record.type, record.fragment];
    if (type === CONTENT_TYPES.application_data) {
      if (!this.reading)
        throw new TlsError('TLS_UNEXPECTED_MESSAGE', 0, 'a protected record', 'a ServerHello first');
      ({ type, content } = await this.reading.open(record));
    } else if (this.reading)
      throw new TlsError('TLS_UNEXPECTED_MESSAGE', 0, 'a record in the clear', 'a protected one');
    if (type === CONTENT_TYPES.alert) return this.takeAlert(content);
    if (type === CONTENT_TYPES.application_data && this.state === 'CONNECTED') {
      this.events.push({ type: 'data', data: content });
      return;
    }
    if (type !== CONTENT_TYPES.handshake)
      throw new TlsError(
        'TLS_UNEXPECTED_MESSAGE',
        0,
        `content type ${type} in ${this.state}`,
        'a handshake message',
      );
    for (const message of this.messages.push(content)) await this.takeMessage(message);
  }

  private takeAlert(content: Uint8Array): void {
    const { description } = decodeAlert(content);
    this.state = 'CLOSED';
    if (description !== 0) throw new TlsError('TLS_ALERT_RECEIVED', 0, `alert ${description}`, 'no error');
    this.events.push({ type: 'closed' });
  }

  private async takeMessage(octets: Uint8Array): Promise<void> {
    const message = decodeHandshake(octets);
    const { state } = this;
    if (state === 'WAIT_SH' && message.type === 'server_hello') await this.takeServerHello(message, octets);
    else if (state === 'WAIT_EE' && message.type === 'encrypted_extensions')
      this.takeExtensions(message, octets);
    else if (state === 'WAIT_CERT_CR' && message.type === 'certificate') {
      this.chain = message.entries;
      this.note(octets, 'WAIT_CV');
    } else if (state === 'WAIT_CV' && message.type === 'certificate_verify')
      await this.takeVerify(message, octets);
    else if (state === 'WAIT_FINISHED' && message.type === 'finished')
      await this.takeFinished(message.verifyData, octets);
    else if (state === 'CONNECTED' && message.type === 'new_session_ticket') await this.takeTicket(message);
    else if (state === 'CONNECTED' && message.type === 'key_update')
      await this.takeKeyUpdate(message.updateRequested);
    else
      throw new TlsError(
        'TLS_UNEXPECTED_MESSAGE',
        0,
        `${message.type} in ${state}`,
        'what the state waits for',
      );
  }

  private note(octets: Uint8Array, next: ClientState): void {
    this.transcript = concat(this.transcript, octets);
    this.state = next;
  }

  private async takeServerHello(hello: ServerHello, octets: Uint8Array): Promise<void> {
    if (hello.isRetryRequest)
      throw new TlsError(
        'TLS_GROUP_UNSUPPORTED',
        0,
        'a HelloRetryRequest',
        'a server that takes our key share',
      );
    if (this.messages.isInside)
      throw new TlsError('TLS_MESSAGE_SPLIT', 0, 'more after ServerHello', 'new keys first');
    const find = <T extends string>(type: T) =>
      hello.extensions?.find(
        (extension): extension is Extract<typeof extension, { type: T }> => extension.type === type,
      );
    if (find('selected_version')?.version !== VERSIONS['TLS 1.3'])
      throw new TlsError('TLS_ILLEGAL_PARAMETER', 4, 'an older version', 'TLS 1.3');
    const suite = (this.suite = getSuiteOrThrow(hello.cipherSuite));
    const share = find('key_share')?.entries[0];
    if (share?.group !== this.options.keyShare.group)
      throw new TlsError('TLS_ILLEGAL_PARAMETER', 0, 'no share for our group', 'one');
    const { resumption } = this.options;
    this.resumed = find('selected_identity') !== undefined;
    this.note(octets, 'WAIT_EE');
    const early = await earlySecret(suite, this.resumed ? resumption?.psk : undefined);
    this.secret = await nextSecret(
      suite,
      early,
      await sharedSecret(this.options.keyShare, share.keyExchange),
    );
    await this.deriveSecrets('c hs traffic', 's hs traffic');
    this.reading = new RecordProtection(await trafficKeys(suite, this.secrets.server));
  }

  private takeExtensions(
    message: HandshakeMessage & { type: 'encrypted_extensions' },
    octets: Uint8Array,
  ): void {
    const alpn = message.extensions.find(({ type }) => type === 'application_layer_protocol_negotiation');
    if (alpn?.type === 'application_layer_protocol_negotiation') this.protocol = alpn.protocols[0];
    this.note(octets, this.resumed ? 'WAIT_FINISHED' : 'WAIT_CERT_CR');
  }

  private async takeVerify(
    { scheme, signature }: HandshakeMessage & { type: 'certificate_verify' },
    octets: Uint8Array,
  ): Promise<void> {
    const hash = await transcriptHash(this.suite!, this.transcript);
    const context = new TextEncoder().encode(SERVER_CONTEXT);
    const signed = concat(new Uint8Array(64).fill(0x20), context, Uint8Array.of(0), hash);
    const holds = await this.options.verifyCertificate({ chain: this.chain, scheme, signature, signed });
    if (!holds)
      throw new TlsError('TLS_CERTIFICATE_REFUSED', 0, 'a certificate that was refused', 'one to trust');
    this.note(octets, 'WAIT_FINISHED');
  }

  private async takeFinished(verifyData: Uint8Array, octets: Uint8Array): Promise<void> {
    const suite = this.suite!;
    const mac = (secret: Uint8Array, transcript: Uint8Array) =>
      transcriptHash(suite, transcript).then((hash) => finishedMac(suite, secret, hash));
    const wanted = await mac(this.secrets.server, this.transcript);
    if (wanted.length !== verifyData.length || !wanted.every((octet, index) => octet === verifyData[index]))
      throw new TlsError('TLS_FINISHED_WRONG', 4, 'another verify_data', 'the MAC of our transcript');
    this.note(octets, 'CONNECTED');
    const handshakeSecret = this.secrets.client;
    const finished = encodeHandshake({
      type: 'finished',
      verifyData: await mac(handshakeSecret, this.transcript),
    });
    if (this.options.sessionId.length > 0)
      this.out.push(
        encodeRecord({ type: CONTENT_TYPES.change_cipher_spec, version: 0x0303, fragment: Uint8Array.of(1) }),
      );
    const protection = new RecordProtection(await trafficKeys(suite, handshakeSecret));
    this.out.push(await protection.seal(CONTENT_TYPES.handshake, finished));

    this.secret = await nextSecret(suite, this.secret);
    await this.deriveSecrets('c ap traffic', 's ap traffic');
    this.reading = new RecordProtection(await trafficKeys(suite, this.secrets.server));
    this.writing = new RecordProtection(await trafficKeys(suite, this.secrets.client));
    this.transcript = concat(this.transcript, finished);
    const whole = await transcriptHash(suite, this.transcript);
    this.resumptionSecret = await deriveSecret(suite, this.secret, 'res master', whole);
    this.events.push({
      type: 'connected',
      suite: suite.number,
      protocol: this.protocol,
      resumed: this.resumed,
    });
  }

  private async takeTicket(ticket: NewSessionTicket): Promise<void> {
    const suite = this.suite!;
    const psk = await ticketPsk(suite, this.resumptionSecret, ticket.nonce);
    this.events.push({ type: 'ticket', ticket, psk, suite });
  }

  private async takeKeyUpdate(updateRequested: boolean): Promise<void> {
    if (this.messages.isInside)
      throw new TlsError('TLS_MESSAGE_SPLIT', 0, 'more after KeyUpdate', 'new keys first');
    const suite = this.suite!;
    this.secrets.server = await updatedSecret(suite, this.secrets.server);
    this.reading = new RecordProtection(await trafficKeys(suite, this.secrets.server));
    if (!updateRequested) return;
    const answer = encodeHandshake({ type: 'key_update', updateRequested: false });
    this.out.push(await this.writing!.seal(CONTENT_TYPES.handshake, answer));
    this.secrets.client = await updatedSecret(suite, this.secrets.client);
    this.writing = new RecordProtection(await trafficKeys(suite, this.secrets.client));
  }

  private async deriveSecrets(
    client: 'c hs traffic' | 'c ap traffic',
    server: 's hs traffic' | 's ap traffic',
  ) {
    const suite = this.suite!;
    const hash = await transcriptHash(suite, this.transcript);
    this.secrets = {
      client: await deriveSecret(suite, this.secret, client, hash),
      server: await deriveSecret(suite, this.secret, server, hash),
    };
  }
}
