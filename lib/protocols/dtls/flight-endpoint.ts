import { decodeAck, encodeAck, type RecordNumber } from './ack';
import { decodeDatagram } from './datagram';
import { DtlsError } from './errors';
import type { ScriptedFlight } from './flight-script';
import type { Role } from './flights';
import { decodeFragments, type HandshakeFragment, type NumberedMessage } from './fragment';
import type { DtlsVersion } from './messages';
import { encodeOpenRecord, type OpenRecord, readOpenRecord, recordOverheadOctets } from './null-cipher';
import { OutboundFlight, RecordNumbers } from './outbound-flight';
import { HandshakeReassembler } from './reassembly';
import { DTLS_CONTENT_TYPES } from './registry';
import { ReplayWindow } from './replay-window';
import {
  createRetransmission,
  DEFAULT_TIMERS,
  nextTimerMs,
  type RetransmissionEvent,
  type RetransmissionState,
  type RetransmissionTimers,
  stepRetransmission,
} from './retransmission';

/** What one end says about what it does; `flight` counts from 0. */
export type FlightEvent =
  | { type: 'sent'; flight: number; isAgain: boolean; datagrams: number }
  | { type: 'acknowledged'; records: RecordNumber[] }
  | { type: 'message'; message: NumberedMessage }
  | { type: 'flight-received'; flight: number }
  | { type: 'dropped'; reason: 'replay' | 'epoch-not-readable' | 'malformed' }
  | { type: 'finished' }
  | { type: 'failed' };

/** What comes of giving something to an endpoint. */
export type FlightOutput = { datagrams: Uint8Array[]; events: FlightEvent[] };

/** Which end it is, what is said, and how long datagrams and timers may be. */
export type FlightEndpointOptions = {
  role: Role;
  version: DtlsVersion;
  flights: readonly ScriptedFlight[];
  /** Octets of a datagram at most (RFC 9147 §4.4). 1200 unless told otherwise. */
  mtuOctets?: number;
  timers?: RetransmissionTimers;
};

/** Records of a flight that are remembered for ACKs; what is not acknowledged comes again, in other records. */
const MAX_REMEMBERED_RECORDS = 4096;

/** Epoch of the sender's last word in 1.3 (RFC 9147 §6.1). */
const LAST_EPOCH = 3;

/**
 * One end of a handshake as far as flights go: it sends its flights, in fragments, again when it must, puts the peer's together, and
 * acknowledges (RFC 9147 §5.5, §5.7, §5.8, §7; RFC 6347 §4.2.3, §4.2.4). What the messages say is the script's; records are in the
 * form of `encodeOpenRecord`. No clock: time comes in with every call, and `nextTimerMs` says when to call `advance`.
 */
export class FlightEndpoint {
  readonly role: Role;
  private readonly version: DtlsVersion;
  private readonly flights: readonly ScriptedFlight[];
  private readonly mtuOctets: number;
  private readonly timers: RetransmissionTimers;
  private readonly numbers = new RecordNumbers();
  private readonly reassembler = new HandshakeReassembler();
  private readonly windows = new Map<number, ReplayWindow>();
  private machine: RetransmissionState;
  private outbound: OutboundFlight | undefined;
  /** Index of the flight that is sent or awaited now. */
  private at = 0;
  private sentAt = -1;
  private isFinished = false;
  private isRepeatAnswered = false;
  /** Records of the flight that is coming in, for ACKs. */
  private received: RecordNumber[] = [];
  private output: FlightOutput = { datagrams: [], events: [] };

  constructor({ role, version, flights, mtuOctets = 1200, timers = DEFAULT_TIMERS }: FlightEndpointOptions) {
    this.role = role;
    this.version = version;
    this.flights = flights;
    this.mtuOctets = mtuOctets;
    this.timers = timers;
    this.machine = createRetransmission(version, role, timers);
  }

  get state(): RetransmissionState {
    return this.machine;
  }

  /** When to call `advance`; undefined: no timer runs. */
  get nextTimerMs(): number | undefined {
    return nextTimerMs(this.machine);
  }

  /** A client's first flight. */
  start(nowMs: number): FlightOutput {
    if (this.role === 'client') this.sendNextFlight(nowMs);
    return this.take();
  }

  /** Lets timers run out. */
  advance(nowMs: number): FlightOutput {
    this.step({ type: 'time' }, nowMs);
    return this.take();
  }

  /** A datagram has come. What cannot be read is dropped and told, never thrown (RFC 9147 §4.5.2). */
  receive(datagram: Uint8Array, nowMs: number): FlightOutput {
    this.isRepeatAnswered = false;
    try {
      for (const record of decodeDatagram(datagram)) {
        const opened = readOpenRecord(
          record,
          this.readableEpoch,
          (epoch) => this.windows.get(epoch)?.highest,
        );
        if (opened && opened.epoch <= this.readableEpoch) this.receiveRecord(opened, nowMs);
        else this.dropUnreadable(nowMs);
      }
    } catch (error) {
      if (!(error instanceof DtlsError)) throw error;
      this.output.events.push({ type: 'dropped', reason: 'malformed' });
    }
    return this.take();
  }

  /** The highest epoch whose keys there would be: those of a message's epoch come from all messages before it. */
  private get readableEpoch(): number {
    if (this.isDone) return this.version === '1.3' ? LAST_EPOCH : 1;
    const { nextReceiveSeq } = this.reassembler;
    const epochs = this.flights
      .filter(({ sender }) => sender !== this.role)
      .flatMap(({ items }) => items.flatMap((item) => (item.kind === 'message' ? [item] : [])))
      .filter(({ message }) => message.messageSeq <= nextReceiveSeq)
      .map(({ epoch }) => epoch);
    return Math.max(0, ...epochs);
  }

  private get isDone(): boolean {
    return this.at >= this.flights.length;
  }

  private receiveRecord(record: OpenRecord, nowMs: number): void {
    const { epoch, sequenceNumber, type, content } = record;
    const window = this.windows.get(epoch) ?? new ReplayWindow();
    this.windows.set(epoch, window);
    if (!window.isNew(sequenceNumber)) {
      this.output.events.push({ type: 'dropped', reason: 'replay' });
      return;
    }
    window.accept(sequenceNumber);
    if (type === DTLS_CONTENT_TYPES.ack) this.receiveAck(content, nowMs);
    else if (type === DTLS_CONTENT_TYPES.handshake)
      for (const fragment of decodeFragments(content)) this.receiveFragment(fragment, record, nowMs);
  }

  /** Its keys are not there yet, because something before it was lost; 1.3 says so with an empty ACK (RFC 9147 §7.1). */
  private dropUnreadable(nowMs: number): void {
    this.output.events.push({ type: 'dropped', reason: 'epoch-not-readable' });
    if (this.outbound) this.step({ type: 'unreadable' }, nowMs);
  }

  private receiveAck(content: Uint8Array, nowMs: number): void {
    const records = decodeAck(content);
    this.output.events.push({ type: 'acknowledged', records });
    this.outbound?.acknowledge(records);
    this.step({ type: 'ack', covers: this.outbound?.isAcknowledged ? 'all' : 'some' }, nowMs);
    if (this.machine.phase === 'FINISHED') this.finish();
  }

  private receiveFragment(fragment: HandshakeFragment, number: RecordNumber, nowMs: number): void {
    if (fragment.messageSeq < this.reassembler.nextReceiveSeq) {
      if (this.isRepeat(fragment)) this.answerRepeat(nowMs);
      return;
    }
    const flight = this.flights[this.at];
    if (!flight || flight.sender === this.role || fragment.messageSeq >= flight.endSeq) return;
    const { epoch, sequenceNumber } = number;
    if (this.received.length < MAX_REMEMBERED_RECORDS) this.received.push({ epoch, sequenceNumber });
    for (const message of this.reassembler.push(fragment))
      this.output.events.push({ type: 'message', message });
    if (this.reassembler.nextReceiveSeq < flight.endSeq) {
      // Who keeps no state does not repeat, so a client's own timer must go on.
      if (!flight.isStateless && this.outbound) this.step({ type: 'part' }, nowMs);
      return;
    }
    this.output.events.push({ type: 'flight-received', flight: this.at });
    this.at++;
    this.step({ type: 'whole', isLast: this.isDone }, nowMs);
    if (this.isDone) this.finish();
    else this.sendNextFlight(nowMs);
  }

  /**
   * Whether the peer has not heard our last flight. 1.2 repeats whole flights, and the last octet stands for all of one. 1.3 leaves
   * out what was acknowledged, so that any part may be all that comes.
   */
  private isRepeat({ messageSeq, fragmentOffset, fragment, length }: HandshakeFragment): boolean {
    const previous = this.flights.slice(0, this.at).findLast(({ sender }) => sender !== this.role);
    if (!previous || messageSeq < previous.firstSeq) return false;
    if (this.version === '1.3') return true;
    return previous.endSeq === messageSeq + 1 && fragmentOffset + fragment.length === length;
  }

  /** Once for a datagram, however many parts lie in it. */
  private answerRepeat(nowMs: number): void {
    if (!this.isRepeatAnswered) this.step({ type: 'repeat' }, nowMs);
    this.isRepeatAnswered = true;
  }

  private sendNextFlight(nowMs: number): void {
    const flight = this.flights[this.at]!;
    this.outbound = new OutboundFlight(this.version, flight.items, this.mtuOctets);
    this.received = [];
    this.sentAt = this.at++;
    const kind = flight.isStateless ? 'stateless' : this.isDone ? 'last' : 'answered';
    this.step({ type: 'flight', kind }, nowMs);
    if (this.machine.phase === 'FINISHED') this.finish();
  }

  private finish(): void {
    if (!this.isFinished) this.output.events.push({ type: 'finished' });
    this.isFinished = true;
  }

  private step(event: RetransmissionEvent, nowMs: number): void {
    const { state, actions } = stepRetransmission(this.machine, event, nowMs, this.timers);
    this.machine = state;
    for (const action of actions) {
      if (action === 'send') this.transmit(event.type !== 'flight', nowMs);
      else if (action === 'send-ack') this.sendAck();
      else this.output.events.push({ type: 'failed' });
    }
  }

  private transmit(isAgain: boolean, nowMs: number): void {
    const datagrams = this.outbound?.transmit(this.numbers) ?? [];
    this.output.datagrams.push(...datagrams);
    this.output.events.push({ type: 'sent', flight: this.sentAt, isAgain, datagrams: datagrams.length });
    if (this.machine.phase === 'SENDING') this.step({ type: 'sent' }, nowMs);
  }

  /** In the highest epoch that this end can send in, which is no lower than those it names (RFC 9147 §7). */
  private sendAck(): void {
    const epoch = this.isDone ? LAST_EPOCH : Math.max(0, ...this.received.map((number) => number.epoch));
    const room = this.mtuOctets - recordOverheadOctets(this.version, epoch) - 2;
    const most = Math.max(1, Math.floor(room / 16));
    for (let from = 0; from === 0 || from < this.received.length; from += most) {
      const content = encodeAck(this.received.slice(from, from + most));
      const record = { ...this.numbers.take(epoch), type: DTLS_CONTENT_TYPES.ack, content };
      this.output.datagrams.push(encodeOpenRecord(this.version, record));
    }
  }

  private take(): FlightOutput {
    const { output } = this;
    this.output = { datagrams: [], events: [] };
    return output;
  }
}
