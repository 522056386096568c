import { isSameOctets } from '@/lib/bytes';
import type { CipherSuite } from './cipher-suites';
import { encodeClientCertificate, schemeFor } from './client-certificate';
import { type Agreement, HelloExchange } from './client-hellos';
import type { ClientState, EarlyDataFate, TlsClientOptions } from './client-options';
import { decodeHandshake } from './decode-handshake';
import { encodeHandshake } from './encode-handshake';
import { acceptsEarlyData, chosenProtocol } from './encrypted-extensions';
import { TlsError } from './errors';
import type { CertificateMessage, HandshakeMessage, ServerHello } from './handshake';
import { deriveSecret, finishedMac, nextSecret, type SecretLabel, trafficKeys } from './key-schedule';
import type { RecordLayer } from './record-layer';
import { CONTENT_TYPES } from './registry';
import { checkServerCertificate, verifyServer } from './server-authentication';
import { certificateVerifyInput } from './signature';
import { Transcript } from './transcript';

/** What a handshake leaves behind: who reads and writes under what, and what came of the offers. */
export type Established = {
  suite: CipherSuite;
  clientSecret: Uint8Array;
  serverSecret: Uint8Array;
  resumptionSecret: Uint8Array;
  protocol: string | undefined;
  resumed: boolean;
  earlyData: EarlyDataFate;
};

/** The client's handshake of TLS 1.3 (RFC 8446 §A.1): messages in, answers out through the record layer. */
export class ClientHandshake {
  state: ClientState = 'START';
  private readonly options: TlsClientOptions;
  private readonly records: RecordLayer;
  private readonly transcript = new Transcript();
  private readonly hellos: HelloExchange;
  private agreement: Agreement | undefined;
  private clientSecret: Uint8Array = new Uint8Array();
  private serverSecret: Uint8Array = new Uint8Array();
  private protocol: string | undefined;
  private earlyData: EarlyDataFate = 'none';
  /** Set when the server asks who we are: by which scheme we answer, if by any. */
  private request: { scheme: number | undefined } | undefined;
  private certificate: CertificateMessage | undefined;

  constructor(options: TlsClientOptions, records: RecordLayer) {
    this.options = options;
    this.records = records;
    this.hellos = new HelloExchange(options, records, this.transcript);
  }

  /** The first flight. @throws TlsError TLS_EARLY_DATA_TOO_LONG */
  async start(): Promise<void> {
    await this.hellos.start();
    if (this.options.earlyData) this.earlyData = 'rejected';
    this.state = 'WAIT_SH';
  }

  /**
   * The server's next message; `isRecordEnd` says that its record holds nothing behind it. Answers what was established,
   * when it was the last.
   * @throws TlsError
   */
  async take(octets: Uint8Array, isRecordEnd: boolean): Promise<Established | undefined> {
    const message = decodeHandshake(octets);
    // Keys change behind these two (RFC 8446 §5.1).
    if (!isRecordEnd && (message.type === 'server_hello' || message.type === 'finished'))
      throw new TlsError('TLS_MESSAGE_SPLIT', 0, `more after ${message.type}`, 'new keys first');
    if (this.state === 'WAIT_FINISHED' && message.type === 'finished')
      return this.takeFinished(message.verifyData, octets);
    if (this.state === 'WAIT_SH' && message.type === 'server_hello')
      await this.takeServerHello(message, octets);
    else {
      this.state = await this.takeProtected(message);
      this.transcript.add(octets);
    }
    return undefined;
  }

  private async takeServerHello(message: ServerHello, octets: Uint8Array): Promise<void> {
    const agreement = await this.hellos.take(message, octets);
    if (!agreement) return;
    this.agreement = agreement;
    const { suite, handshakeSecret } = agreement;
    this.clientSecret = await this.derive(handshakeSecret, 'c hs traffic');
    this.serverSecret = await this.derive(handshakeSecret, 's hs traffic');
    this.records.readUnder(await trafficKeys(suite, this.serverSecret));
    if (!agreement.isResumed || !agreement.hasEarlyData) await this.writeHandshake();
    this.state = 'WAIT_EE';
  }

  /** Messages between ServerHello and Finished; answers the state behind them (RFC 8446 §A.1). */
  private async takeProtected(message: HandshakeMessage): Promise<ClientState> {
    const { state } = this;
    const { suite, hello, isResumed, hasEarlyData } = this.agreement ?? this.unexpected(message);
    if (state === 'WAIT_EE' && message.type === 'encrypted_extensions') {
      this.protocol = chosenProtocol(message.extensions, hello);
      const resumption = isResumed ? this.options.resumption : undefined;
      if (acceptsEarlyData(message.extensions, suite, this.protocol, resumption)) this.earlyData = 'accepted';
      else if (hasEarlyData) await this.writeHandshake();
      return isResumed ? 'WAIT_FINISHED' : 'WAIT_CERT_CR';
    }
    if (state === 'WAIT_CERT_CR' && message.type === 'certificate_request') {
      this.request = { scheme: schemeFor(message, this.options.certificate) };
      return 'WAIT_CERT';
    }
    if ((state === 'WAIT_CERT_CR' || state === 'WAIT_CERT') && message.type === 'certificate') {
      checkServerCertificate(message, hello);
      this.certificate = message;
      return 'WAIT_CV';
    }
    if (state === 'WAIT_CV' && message.type === 'certificate_verify') {
      const signed = certificateVerifyInput('server', await this.transcript.hash(suite));
      const claim = { ...message, chain: this.certificate!.entries, signed };
      await verifyServer(claim, hello, this.options.verifyCertificate);
      return 'WAIT_FINISHED';
    }
    return this.unexpected(message);
  }

  private unexpected({ type }: HandshakeMessage): never {
    throw new TlsError('TLS_UNEXPECTED_MESSAGE', 0, `${type} in ${this.state}`, 'what the state waits for');
  }

  private async takeFinished(verifyData: Uint8Array, octets: Uint8Array): Promise<Established> {
    const { suite, handshakeSecret, isResumed } = this.agreement!;
    const wanted = await finishedMac(suite, this.serverSecret, await this.transcript.hash(suite));
    if (!isSameOctets(wanted, verifyData))
      throw new TlsError('TLS_FINISHED_WRONG', 4, 'another verify_data', 'the MAC of our transcript');
    this.transcript.add(octets);
    // What follows in the transcript is in none of these (RFC 8446 §7.1).
    const masterSecret = await nextSecret(suite, handshakeSecret);
    const clientSecret = await this.derive(masterSecret, 'c ap traffic');
    const serverSecret = await this.derive(masterSecret, 's ap traffic');
    await this.answer();
    this.records.readUnder(await trafficKeys(suite, serverSecret));
    this.records.writeUnder(await trafficKeys(suite, clientSecret));
    const resumptionSecret = await this.derive(masterSecret, 'res master');
    this.state = 'CONNECTED';
    const { protocol, earlyData } = this;
    return {
      ...{ suite, clientSecret, serverSecret, resumptionSecret },
      ...{ protocol, resumed: isResumed, earlyData },
    };
  }

  /** The client's last flight: EndOfEarlyData, Certificate and CertificateVerify where they are due, Finished (§4.4, §4.5). */
  private async answer(): Promise<void> {
    const { suite } = this.agreement!;
    if (this.options.sessionId.length > 0) this.records.sendChangeCipherSpec();
    if (this.earlyData === 'accepted') {
      await this.send(encodeHandshake({ type: 'end_of_early_data' }));
      await this.writeHandshake();
    }
    if (this.request) await this.authenticate(this.request.scheme);
    const verifyData = await finishedMac(suite, this.clientSecret, await this.transcript.hash(suite));
    await this.send(encodeHandshake({ type: 'finished', verifyData }));
  }

  private async authenticate(scheme: number | undefined): Promise<void> {
    const { certificate } = this.options;
    const chain = scheme === undefined ? [] : (certificate?.chain ?? []);
    await this.send(encodeClientCertificate(chain));
    if (scheme === undefined || !certificate) return;
    const signed = certificateVerifyInput('client', await this.transcript.hash(this.agreement!.suite));
    const signature = await certificate.sign(scheme, signed);
    await this.send(encodeHandshake({ type: 'certificate_verify', scheme, signature }));
  }

  private async send(message: Uint8Array): Promise<void> {
    this.transcript.add(message);
    await this.records.send(CONTENT_TYPES.handshake, message);
  }

  private async writeHandshake(): Promise<void> {
    this.records.writeUnder(await trafficKeys(this.agreement!.suite, this.clientSecret));
  }

  private async derive(secret: Uint8Array, label: SecretLabel): Promise<Uint8Array> {
    const { suite } = this.agreement!;
    return deriveSecret(suite, secret, label, await this.transcript.hash(suite));
  }
}
