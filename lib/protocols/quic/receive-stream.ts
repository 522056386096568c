import { joinOctets } from '@/lib/bytes';
import { QuicError } from './errors';

/** States of the receiving part of a stream (RFC 9000 §3.2, Figure 3). */
export type ReceiveState = 'Recv' | 'SizeKnown' | 'DataRecvd' | 'DataRead' | 'ResetRecvd' | 'ResetRead';

type Piece = { readonly start: number; readonly data: Uint8Array };

/**
 * The receiving part of a stream: octets in any order, twice or in pieces, to octets in order (RFC 9000 §2.2, §3.2). It
 * holds no more than flow control allows: `maxData` is the buffer's limit.
 */
export class ReceiveStream {
  private pieces: Piece[] = [];
  private readTo = 0;
  private limit: number;
  private highest = 0;
  private size: number | undefined;
  private current: ReceiveState = 'Recv';
  private error: bigint | undefined;

  constructor(maxData: number) {
    this.limit = maxData;
  }

  get state(): ReceiveState {
    return this.current;
  }

  /** The largest offset that came: what counts for flow control (RFC 9000 §4.1). */
  get highestOffset(): number {
    return this.highest;
  }

  get finalSize(): number | undefined {
    return this.size;
  }

  get maxData(): number {
    return this.limit;
  }

  /** What the peer gave with its reset. */
  get resetCode(): bigint | undefined {
    return this.error;
  }

  /** Room for more; it never shrinks (RFC 9000 §4.1). */
  setMaxData(octets: number): void {
    this.limit = Math.max(this.limit, octets);
  }

  /** A STREAM or CRYPTO frame's octets. @throws QuicError FLOW_CONTROL_ERROR, FINAL_SIZE_ERROR, PROTOCOL_VIOLATION */
  receive(offset: bigint | number, data: Uint8Array, fin = false): void {
    const start = Number(offset);
    const end = start + data.length;
    this.checkEnd(end, fin);
    this.highest = Math.max(this.highest, end);
    if (fin) this.size = end;
    if (this.current !== 'Recv' && this.current !== 'SizeKnown') return;
    this.insert(start, data);
    if (this.size !== undefined) this.current = this.isWhole(this.size) ? 'DataRecvd' : 'SizeKnown';
  }

  /** A RESET_STREAM frame (RFC 9000 §3.2): what was not read is gone. @throws QuicError FINAL_SIZE_ERROR */
  receiveReset(finalSize: bigint | number, errorCode: bigint): void {
    const end = Number(finalSize);
    this.checkEnd(end, true);
    this.highest = end;
    this.size = end;
    if (this.current !== 'Recv' && this.current !== 'SizeKnown') return;
    this.current = 'ResetRecvd';
    this.error = errorCode;
    this.pieces = [];
  }

  /** The octets that are in order now. After the last of them, or after a reset, the state moves to its end. */
  read(): Uint8Array {
    if (this.current === 'ResetRecvd') this.current = 'ResetRead';
    const ready: Uint8Array[] = [];
    while (this.pieces[0]?.start === this.readTo) {
      const { data } = this.pieces[0];
      this.pieces.shift();
      this.readTo += data.length;
      ready.push(data);
    }
    if (this.current === 'DataRecvd' && this.readTo === this.size) this.current = 'DataRead';
    return joinOctets(ready);
  }

  private checkEnd(end: number, isFinal: boolean): void {
    if (end > this.limit)
      throw new QuicError('QUIC_FLOW_CONTROL_EXCEEDED', this.limit, String(end), `at most ${this.limit}`);
    const isChanged = this.size !== undefined && (end > this.size || (isFinal && end !== this.size));
    if (isChanged || (isFinal && end < this.highest))
      throw new QuicError(
        'QUIC_FINAL_SIZE_CHANGED',
        end,
        String(end),
        String(this.size ?? `at least ${this.highest}`),
      );
  }

  /** Puts in what is new; what came before must be the same (RFC 9000 §2.2). */
  private insert(start: number, data: Uint8Array): void {
    const merged: Piece[] = [];
    let at = Math.max(start, this.readTo);
    const end = start + data.length;
    const takeTo = (to: number) => {
      if (to > at) merged.push({ start: at, data: data.slice(at - start, to - start) });
    };
    for (const piece of this.pieces) {
      const pieceEnd = piece.start + piece.data.length;
      if (pieceEnd > at && piece.start < end) {
        checkSame(piece, start, data);
        takeTo(piece.start);
        at = Math.max(at, pieceEnd);
      } else if (piece.start >= end) {
        takeTo(end);
        at = Math.max(at, end);
      }
      merged.push(piece);
    }
    takeTo(end);
    this.pieces = merged;
  }

  private isWhole(size: number): boolean {
    let at = this.readTo;
    for (const { start, data } of this.pieces) {
      if (start !== at) return false;
      at += data.length;
    }
    return at === size;
  }
}

function checkSame(piece: Piece, start: number, data: Uint8Array): void {
  const from = Math.max(piece.start, start);
  const to = Math.min(piece.start + piece.data.length, start + data.length);
  for (let at = from; at < to; at++) {
    if (piece.data[at - piece.start] === data[at - start]) continue;
    throw new QuicError(
      'QUIC_DATA_CHANGED',
      at,
      String(data[at - start]),
      String(piece.data[at - piece.start]),
    );
  }
}
