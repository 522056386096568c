import { joinOctets } from '@/lib/bytes';
import { QuicError } from './errors';

/** States of the sending part of a stream (RFC 9000 §3.1, Figure 2). */
export type SendState = 'Ready' | 'Send' | 'DataSent' | 'DataRecvd' | 'ResetSent' | 'ResetRecvd';

/** What a STREAM frame is to carry. */
export type SendRange = { readonly offset: number; readonly data: Uint8Array; readonly fin: boolean };

/** Octets that wait for being sent or acknowledged. */
const MAX_BUFFER = 16 * 1024 * 1024;

type Range = { start: number; end: number };

/** The sending part of a stream (RFC 9000 §2.2, §3.1): octets to frames within flow control, and again when lost. */
export class SendStream {
  private octets: Uint8Array = new Uint8Array(0);
  /** All before it is acknowledged and gone. */
  private base = 0;
  private sentTo = 0;
  private lost: Range[] = [];
  private acknowledged: Range[] = [];
  private limit: number;
  private isFinished = false;
  private isFinLost = false;
  private isFinAcknowledged = false;
  private current: SendState = 'Ready';

  constructor(maxData: number) {
    this.limit = maxData;
  }

  get state(): SendState {
    return this.current;
  }

  /** The peer's MAX_STREAM_DATA; it never shrinks. */
  setMaxData(octets: number): void {
    this.limit = Math.max(this.limit, octets);
  }

  /** There is more to send than the peer allows: a STREAM_DATA_BLOCKED frame is due (RFC 9000 §4.1). */
  get isBlocked(): boolean {
    return this.current !== 'ResetSent' && this.sentTo === this.limit && this.end > this.limit;
  }

  private get end(): number {
    return this.base + this.octets.length;
  }

  /** More octets. @throws QuicError after the end, or with more than 16 MiB waiting */
  write(data: Uint8Array): void {
    if (this.isFinished || (this.current !== 'Ready' && this.current !== 'Send'))
      throw new QuicError('QUIC_STREAM_STATE_WRONG', this.end, this.current, 'Ready or Send');
    if (this.octets.length + data.length > MAX_BUFFER)
      throw new QuicError(
        'QUIC_FIELD_OUT_OF_RANGE',
        this.end,
        String(data.length),
        `${MAX_BUFFER} waiting at most`,
      );
    this.octets = joinOctets([this.octets, data]);
  }

  /** No more will come. */
  finish(): void {
    this.isFinished = true;
  }

  /** The next range to send: what was lost first, then new octets; undefined: nothing, or no leave. */
  next(maxOctets: number): SendRange | undefined {
    if (this.current !== 'Ready' && this.current !== 'Send' && this.current !== 'DataSent') return undefined;
    const again = this.lost.shift();
    const start = again?.start ?? this.sentTo;
    const stop = Math.min(again?.end ?? Math.min(this.end, this.limit), start + maxOctets);
    if (again && stop < again.end) this.lost.unshift({ start: stop, end: again.end });
    const isLast = this.isFinished && stop === this.end;
    const isFinDue = isLast && (this.current !== 'DataSent' || this.isFinLost || again !== undefined);
    if (stop <= start && !isFinDue) return undefined;
    this.sentTo = Math.max(this.sentTo, stop);
    if (isFinDue) this.isFinLost = false;
    this.current = isLast || this.current === 'DataSent' ? 'DataSent' : 'Send';
    return { offset: start, data: this.octets.slice(start - this.base, stop - this.base), fin: isFinDue };
  }

  /** A range was acknowledged. */
  acknowledge({ offset, data, fin }: SendRange): void {
    if (fin) this.isFinAcknowledged = true;
    this.acknowledged.push({ start: offset, end: offset + data.length });
    this.acknowledged.sort((a, b) => a.start - b.start);
    let to = this.base;
    while (this.acknowledged[0] && this.acknowledged[0].start <= to)
      to = Math.max(to, this.acknowledged.shift()?.end ?? to);
    this.octets = this.octets.slice(to - this.base);
    this.base = to;
    this.lost = this.lost
      .filter(({ end }) => end > to)
      .map(({ start, end }) => ({ start: Math.max(start, to), end }));
    const isAll = this.isFinAcknowledged && this.octets.length === 0;
    if (this.current === 'DataSent' && isAll) this.current = 'DataRecvd';
  }

  /** A range was lost: it will be sent again, unless it was acknowledged meanwhile. */
  lose({ offset, data, fin }: SendRange): void {
    const start = Math.max(offset, this.base);
    if (offset + data.length > start) this.lost.push({ start, end: offset + data.length });
    if (fin && !this.isFinAcknowledged) this.isFinLost = true;
  }

  /** Gives up: a RESET_STREAM with the size of what was sent (RFC 9000 §3.1, §4.5). */
  reset(errorCode: bigint): { errorCode: bigint; finalSize: bigint } {
    if (this.current === 'DataRecvd' || this.current === 'ResetRecvd')
      throw new QuicError('QUIC_STREAM_STATE_WRONG', this.sentTo, this.current, 'a stream that is not done');
    this.current = 'ResetSent';
    this.octets = new Uint8Array(0);
    this.base = this.sentTo;
    this.lost = [];
    return { errorCode, finalSize: BigInt(this.sentTo) };
  }

  /** The reset was acknowledged. */
  acknowledgeReset(): void {
    if (this.current === 'ResetSent') this.current = 'ResetRecvd';
  }
}
