import { decodeAlert, encodeAlert, type TlsAlert } from './alert';
import { ClientHandshake } from './client-handshake';
import type { ClientEvent, ClientOutput, ClientState, TlsClientOptions } from './client-options';
import { ClientSession } from './client-session';
import { HandshakeReader } from './decode-handshake';
import { TlsError } from './errors';
import type { TlsRecord } from './record';
import { RecordLayer } from './record-layer';
import { ALERT_DESCRIPTIONS, CONTENT_TYPES, nameIn } from './registry';

/**
 * A client of TLS 1.3 (RFC 8446 §A.1) without a socket: octets in, octets and events out. Chance (random, session id, key
 * pairs) comes in with the options. Calls are worked off one after another; what they give must be sent in that order. Any
 * error ends the connection; `TlsError.alert` says what to tell the server, and `alertFor` writes it.
 */
export class TlsClient {
  private readonly records = new RecordLayer();
  private readonly messages = new HandshakeReader();
  private readonly handshake: ClientHandshake;
  private session: ClientSession | undefined;
  private isClosed = false;
  private events: ClientEvent[] = [];
  /** Settled when the calls before are. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(options: TlsClientOptions) {
    this.handshake = new ClientHandshake(options, this.records);
  }

  get state(): ClientState {
    return this.isClosed ? 'CLOSED' : this.handshake.state;
  }

  /** The first flight, with early data if there is any. @throws TlsError TLS_EARLY_DATA_TOO_LONG */
  start(): Promise<Uint8Array> {
    return this.inTurn(() => this.handshake.start());
  }

  /** @throws TlsError */
  async receive(chunk: Uint8Array): Promise<ClientOutput> {
    let events: ClientEvent[] = [];
    const send = await this.inTurn(async () => {
      for (const record of this.records.push(chunk)) {
        if (this.isClosed) break;
        await this.takeRecord(record);
      }
      [events, this.events] = [this.events, []];
    });
    return { send, events };
  }

  /** Application data as records. @throws TlsError TLS_NOT_CONNECTED */
  write(data: Uint8Array): Promise<Uint8Array> {
    return this.inTurn(() => {
      if (this.state !== 'CONNECTED') throw new TlsError('TLS_NOT_CONNECTED', 0, this.state, 'CONNECTED');
      return this.records.send(CONTENT_TYPES.application_data, data);
    });
  }

  /** close_notify, after which nothing is written (RFC 8446 §6.1). */
  close(): Promise<Uint8Array> {
    return this.end({ level: 'warning', description: ALERT_DESCRIPTIONS.close_notify });
  }

  /** What to send for an error before closing; nothing where the server ended it (RFC 8446 §6.2). */
  alertFor(error: TlsError): Promise<Uint8Array> {
    if (error.code !== 'TLS_ALERT_RECEIVED') return this.end({ level: 'fatal', description: error.alert });
    this.isClosed = true;
    return Promise.resolve(new Uint8Array());
  }

  private end(alert: TlsAlert): Promise<Uint8Array> {
    return this.inTurn(() => {
      this.isClosed = true;
      return this.records.send(CONTENT_TYPES.alert, encodeAlert(alert));
    });
  }

  /** Does some work when the work before it is done; what that gave to send. */
  private inTurn(work: () => Promise<void>): Promise<Uint8Array> {
    const done = this.turn.then(work).then(() => this.records.flush());
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async takeRecord(record: TlsRecord): Promise<void> {
    // Some servers send one so that boxes on the way take the connection for 1.2 (RFC 8446 §5, §D.4).
    const isBefore = this.state !== 'CONNECTED' && record.type === CONTENT_TYPES.change_cipher_spec;
    if (isBefore && record.fragment.length === 1 && record.fragment[0] === 1) return;
    const { type, content } = await this.records.open(record);
    if (type === CONTENT_TYPES.handshake) return this.takeHandshake(content);
    if (this.messages.isInside)
      throw new TlsError('TLS_UNEXPECTED_MESSAGE', 0, `content type ${type}`, 'the rest of a message');
    if (type === CONTENT_TYPES.alert) return this.takeAlert(content);
    if (type !== CONTENT_TYPES.application_data || this.state !== 'CONNECTED')
      throw new TlsError(
        'TLS_UNEXPECTED_MESSAGE',
        0,
        `${nameIn(CONTENT_TYPES, type)} in ${this.state}`,
        'a handshake message',
      );
    this.events.push({ type: 'data', data: content });
  }

  private takeAlert(content: Uint8Array): void {
    const { description } = decodeAlert(content);
    // No error: close_notify follows (RFC 8446 §6.1). Java says it before each close.
    if (description === ALERT_DESCRIPTIONS.user_canceled) return;
    this.isClosed = true;
    if (description !== ALERT_DESCRIPTIONS.close_notify)
      throw new TlsError('TLS_ALERT_RECEIVED', 0, `alert ${description}`, 'no error');
    this.events.push({ type: 'closed' });
  }

  private async takeHandshake(content: Uint8Array): Promise<void> {
    const messages = this.messages.push(content);
    for (const [index, octets] of messages.entries()) {
      const isRecordEnd = index === messages.length - 1 && !this.messages.isInside;
      if (this.session) {
        const event = await this.session.take(octets, isRecordEnd);
        if (event) this.events.push(event);
        continue;
      }
      const established = await this.handshake.take(octets, isRecordEnd);
      if (!established) continue;
      this.session = new ClientSession(established, this.records);
      const { suite, protocol, resumed, earlyData } = established;
      this.events.push({ type: 'connected', suite: suite.number, protocol, resumed, earlyData });
    }
  }
}
