import type { CipherSuite } from './cipher-suites';
import { type ClientHelloOptions, writeClientHello } from './client-hello';
import type { TlsClientOptions } from './client-options';
import { decodeHandshake } from './decode-handshake';
import { TlsError } from './errors';
import type { ClientHello, ServerHello } from './handshake';
import { sharedSecret } from './key-exchange';
import { deriveSecret, earlySecret, nextSecret, trafficKeys } from './key-schedule';
import type { RecordLayer } from './record-layer';
import { CIPHER_SUITES, CONTENT_TYPES, NAMED_GROUPS, nameIn, VERSIONS } from './registry';
import { readChoice, readRetry, type Retry } from './server-hello';
import type { Transcript } from './transcript';

/** What the hellos agreed on, and the handshake secret that came of it (RFC 8446 §7.1). */
export type Agreement = {
  suite: CipherSuite;
  hello: ClientHello;
  isResumed: boolean;
  hasEarlyData: boolean;
  handshakeSecret: Uint8Array;
};

/** ClientHello, HelloRetryRequest, ClientHello again, ServerHello (RFC 8446 §4.1), and early data behind the first. */
export class HelloExchange {
  private readonly options: TlsClientOptions;
  private readonly records: RecordLayer;
  private readonly transcript: Transcript;
  private offer: ClientHelloOptions;
  private hello: ClientHello | undefined;
  private retry: Retry | undefined;

  constructor(options: TlsClientOptions, records: RecordLayer, transcript: Transcript) {
    this.options = options;
    this.records = records;
    this.transcript = transcript;
    this.offer = { ...options, hasEarlyData: options.earlyData !== undefined };
  }

  /** The first flight. @throws TlsError TLS_EARLY_DATA_TOO_LONG: without a ticket, none is allowed */
  async start(): Promise<void> {
    const { earlyData, resumption } = this.options;
    const most = resumption?.maxEarlyDataOctets ?? 0;
    if (earlyData && earlyData.length > most)
      throw new TlsError('TLS_EARLY_DATA_TOO_LONG', most, `${earlyData.length} octets`, `at most ${most}`);
    await this.send(VERSIONS['TLS 1.0']);
    if (earlyData) await this.sendEarlyData(earlyData);
  }

  /** What was agreed on; undefined after a HelloRetryRequest, which is answered. @throws TlsError */
  async take(answer: ServerHello, octets: Uint8Array): Promise<Agreement | undefined> {
    const hello = this.hello!;
    if (answer.isRetryRequest) {
      await this.tryAgain(readRetry(answer, hello), octets);
      return undefined;
    }
    const { suite, keyExchange, isResumed } = readChoice(answer, hello, this.retry);
    const { keyShare, resumption, hasEarlyData = false } = this.offer;
    if (isResumed && suite.hash !== resumption?.suite.hash)
      throw new TlsError(
        'TLS_ILLEGAL_PARAMETER',
        0,
        nameIn(CIPHER_SUITES, suite.number),
        'a suite with the hash of the PSK',
      );
    this.transcript.add(octets);
    const early = await earlySecret(suite, isResumed ? resumption?.psk : undefined);
    const handshakeSecret = await nextSecret(suite, early, await sharedSecret(keyShare, keyExchange));
    return { suite, hello, isResumed, hasEarlyData, handshakeSecret };
  }

  private async send(recordVersion: number): Promise<void> {
    const octets = await writeClientHello(this.offer, this.transcript.octets);
    this.hello = decodeHandshake(octets) as ClientHello;
    this.transcript.add(octets);
    await this.records.send(CONTENT_TYPES.handshake, octets, recordVersion);
  }

  /** Under keys that come from the ticket and the ClientHello alone (RFC 8446 §4.2.10, §7.1). */
  private async sendEarlyData(data: Uint8Array): Promise<void> {
    const { suite, psk } = this.offer.resumption!;
    const hash = await this.transcript.hash(suite);
    const secret = await deriveSecret(suite, await earlySecret(suite, psk), 'c e traffic', hash);
    this.changeCipherSpec();
    this.records.writeUnder(await trafficKeys(suite, secret));
    await this.records.send(CONTENT_TYPES.application_data, data);
  }

  /** The same hello with what was asked for, no early data, and only a ticket that fits (RFC 8446 §4.1.2, §4.1.4). */
  private async tryAgain(retry: Retry, octets: Uint8Array): Promise<void> {
    if (this.retry)
      throw new TlsError('TLS_UNEXPECTED_MESSAGE', 0, 'a second HelloRetryRequest', 'a ServerHello');
    this.retry = retry;
    const { keyShare, resumption } = this.offer;
    this.offer = {
      ...this.offer,
      keyShare: retry.group === undefined ? keyShare : await this.shareFor(retry.group),
      resumption: resumption?.suite.hash === retry.suite.hash ? resumption : undefined,
      hasEarlyData: false,
      cookie: retry.cookie,
    };
    await this.transcript.foldIntoHash(retry.suite);
    this.transcript.add(octets);
    this.records.writeUnder(undefined);
    this.changeCipherSpec();
    await this.send(VERSIONS['TLS 1.2']);
  }

  private shareFor(group: number) {
    const { generateKeyShare } = this.options;
    if (generateKeyShare) return generateKeyShare(group);
    const asked = `a HelloRetryRequest for ${nameIn(NAMED_GROUPS, group)}`;
    throw new TlsError('TLS_GROUP_UNSUPPORTED', 0, asked, 'a server that takes our key share');
  }

  /** Only who pretends to be 1.2, with a session id, sends one (RFC 8446 §D.4). */
  private changeCipherSpec(): void {
    if (this.options.sessionId.length > 0) this.records.sendChangeCipherSpec();
  }
}
