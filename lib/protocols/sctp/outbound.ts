import { CongestionWindow, RetransmissionTimer } from './congestion';
import { chunkOctets } from './encode-packet';
import { SctpError } from './errors';
import { fragmentMessage, type SctpMessage } from './fragment';
import { type Chunk, COMMON_HEADER_OCTETS, type DataChunk, type SackChunk } from './packet';
import { addTsn, nextStreamSeq, tsnBefore, tsnDistance } from './serial';

/** When a message is given up (RFC 3758, RFC 7496); without either it never is. */
export type PartialReliability = { maxRetransmits?: number; maxPacketLifeTimeMs?: number };

/** Octets of user data that wait or are under way at most, unless told otherwise. */
export const DEFAULT_SEND_BUFFER_OCTETS = 1_048_576;

/** SACKs that must report a chunk missing before it is sent again (RFC 9260 §7.2.4). */
const MISSING_REPORTS = 3;

type Letter = { expiresMs: number; maxRetransmits: number; abandoned: boolean };
type Entry = {
  chunk: DataChunk;
  letter: Letter;
  sentMs: number;
  transmissions: number;
  missingReports: number;
  state: 'waiting' | 'in-flight' | 'acked';
};

/**
 * The sending half of an association (RFC 9260 §6.1, §6.3, §7; RFC 3758): what may be sent now, what is sent again, what
 * is given up. Limit: `bufferOctets` of user data not yet acknowledged.
 */
export class Outbound {
  readonly timer = new RetransmissionTimer();
  readonly window: CongestionWindow;
  /** When T3-rtx runs out; undefined while nothing is in flight. */
  timerExpiresMs: number | undefined;
  private readonly mtuBytes: number;
  private readonly bufferOctets: number;
  private readonly queue: Entry[] = [];
  private readonly nextSeq = new Map<number, number>();
  private nextTsn: number;
  private cumulativeAck: number;
  private advancedAckPoint: number;
  private peerRwndBytes: number;
  private bufferedOctets = 0;
  private recoveryExit: number | undefined;
  private isFastRetransmitDue = false;

  constructor(opts: { initialTsn: number; mtuBytes: number; peerRwndBytes: number; bufferOctets?: number }) {
    this.nextTsn = opts.initialTsn;
    this.cumulativeAck = addTsn(opts.initialTsn, -1);
    this.advancedAckPoint = this.cumulativeAck;
    this.mtuBytes = opts.mtuBytes;
    this.peerRwndBytes = opts.peerRwndBytes;
    this.bufferOctets = opts.bufferOctets ?? DEFAULT_SEND_BUFFER_OCTETS;
    this.window = new CongestionWindow(opts.mtuBytes, opts.peerRwndBytes);
  }

  get isEmpty(): boolean {
    return this.queue.length === 0 && this.advancedAckPoint === this.cumulativeAck;
  }

  get flightBytes(): number {
    return this.queue.reduce(
      (sum, { state, chunk }) => sum + (state === 'in-flight' ? chunk.userData.length : 0),
      0,
    );
  }

  /** @throws SctpError SCTP_SEND_BUFFER_FULL, SCTP_DATA_EMPTY */
  enqueue(message: SctpMessage, nowMs: number, reliability: PartialReliability = {}): void {
    const { length } = message.data;
    if (length === 0) throw new SctpError('SCTP_DATA_EMPTY', 0, 'an empty message', 'at least one octet');
    if (this.bufferedOctets + length > this.bufferOctets)
      throw new SctpError('SCTP_SEND_BUFFER_FULL', 0, `${length} octets more`, `${this.bufferOctets} in all`);
    const streamSeq = message.unordered ? 0 : (this.nextSeq.get(message.streamId) ?? 0);
    const maxUserData = this.mtuBytes - COMMON_HEADER_OCTETS - 16;
    const chunks = fragmentMessage(message, { firstTsn: this.nextTsn, streamSeq, maxUserData });
    if (!message.unordered) this.nextSeq.set(message.streamId, nextStreamSeq(streamSeq));
    const letter: Letter = {
      expiresMs: nowMs + (reliability.maxPacketLifeTimeMs ?? Infinity),
      maxRetransmits: reliability.maxRetransmits ?? Infinity,
      abandoned: false,
    };
    for (const chunk of chunks)
      this.queue.push({ chunk, letter, sentMs: 0, transmissions: 0, missingReports: 0, state: 'waiting' });
    this.nextTsn = addTsn(this.nextTsn, chunks.length);
    this.bufferedOctets += length;
  }

  /** The chunks of the packets to send now; each list fits in one packet. */
  packetsToSend(nowMs: number): Chunk[][] {
    this.giveUp(nowMs);
    const packets: Chunk[][] = [];
    let room = 0;
    const put = (chunk: Chunk) => {
      const octets = chunkOctets(chunk);
      if (octets > room) {
        packets.push([]);
        room = this.mtuBytes - COMMON_HEADER_OCTETS;
      }
      packets.at(-1)!.push(chunk);
      room -= octets;
    };
    const forward = this.forwardTsn();
    if (forward) put(forward);
    let flight = this.flightBytes;
    // The first packet of a fast retransmit goes whatever the window says (§7.2.4).
    let owed = this.isFastRetransmitDue ? this.mtuBytes - COMMON_HEADER_OCTETS : 0;
    this.isFastRetransmitDue = false;
    for (const entry of this.queue) {
      if (entry.state !== 'waiting' || entry.letter.abandoned) continue;
      const { length } = entry.chunk.userData;
      const isOwed = entry.transmissions > 0 && chunkOctets(entry.chunk) <= owed;
      if (isOwed) owed -= chunkOctets(entry.chunk);
      // One chunk may always be under way, so that a closed window is probed (§6.1 A).
      const fits = flight < this.window.cwndBytes && flight + length <= this.peerRwndBytes;
      if (!fits && !isOwed && flight > 0) break;
      put(entry.chunk);
      entry.state = 'in-flight';
      entry.sentMs = nowMs;
      entry.transmissions++;
      flight += length;
    }
    if (flight > 0 || forward) this.timerExpiresMs ??= nowMs + this.timer.rtoMs;
    return packets;
  }

  /**
   * What the peer has, by a SACK, or by a SHUTDOWN, which says less; answers whether it was news (RFC 9260 §6.2.1). What was
   * never sent cannot be there, and changes nothing.
   */
  acknowledge(sack: Pick<SackChunk, 'cumulativeTsn'> & Partial<SackChunk>, nowMs: number): boolean {
    if (tsnBefore(sack.cumulativeTsn, this.cumulativeAck)) return false;
    if (!tsnBefore(sack.cumulativeTsn, this.nextTsn)) return false;
    const { gapBlocks = [], aRwnd = this.peerRwndBytes } = sack;
    const wasInRecovery = this.recoveryExit !== undefined;
    const moved = sack.cumulativeTsn !== this.cumulativeAck;
    const flight = this.flightBytes;
    const wasFull = flight >= this.window.cwndBytes || flight + this.mtuBytes > this.window.cwndBytes;
    let ackedBytes = 0;
    let highestNew = sack.cumulativeTsn;
    for (const entry of this.queue) {
      const distance = tsnDistance(sack.cumulativeTsn, entry.chunk.tsn);
      const has = distance <= 0 || gapBlocks.some(({ start, end }) => start <= distance && distance <= end);
      if (!has || entry.state === 'acked') continue;
      if (entry.transmissions === 1 && entry.state === 'in-flight') this.timer.measured(nowMs - entry.sentMs);
      if (entry.transmissions > 0) ackedBytes += entry.chunk.userData.length;
      entry.state = 'acked';
      if (tsnBefore(highestNew, entry.chunk.tsn)) highestNew = entry.chunk.tsn;
    }
    this.drop(sack.cumulativeTsn);
    this.cumulativeAck = sack.cumulativeTsn;
    if (tsnBefore(this.advancedAckPoint, this.cumulativeAck)) this.advancedAckPoint = this.cumulativeAck;
    if (this.recoveryExit !== undefined && !tsnBefore(this.cumulativeAck, this.recoveryExit))
      this.recoveryExit = undefined;
    if (moved && this.recoveryExit === undefined) this.window.acknowledged(ackedBytes, wasFull);
    if (this.queue.length === 0) this.window.allAcknowledged();
    // In fast recovery a SACK that moves on counts for all that it reports missing, not only below what is new (§7.2.4).
    const isWhole = wasInRecovery && moved;
    this.reportMissing(isWhole ? addTsn(sack.cumulativeTsn, gapBlocks.at(-1)?.end ?? 0) : highestNew);
    this.peerRwndBytes = aRwnd;
    const outstanding =
      this.advancedAckPoint !== this.cumulativeAck || this.queue.some(({ state }) => state === 'in-flight');
    if (!outstanding) this.timerExpiresMs = undefined;
    else if (moved) this.timerExpiresMs = nowMs + this.timer.rtoMs;
    return moved || ackedBytes > 0;
  }

  /** T3-rtx ran out: everything under way is taken for lost (§6.3.3). */
  timeout(): void {
    this.window.timedOut();
    this.timer.expired();
    this.timerExpiresMs = undefined;
    this.recoveryExit = undefined;
    for (const entry of this.queue) if (entry.state === 'in-flight') this.takeForLost(entry);
  }

  private reportMissing(highestNew: number): void {
    let lost = false;
    for (const entry of this.queue) {
      if (entry.state !== 'in-flight' || !tsnBefore(entry.chunk.tsn, highestNew)) continue;
      if (++entry.missingReports < MISSING_REPORTS || entry.transmissions > 1) continue;
      this.takeForLost(entry);
      lost = true;
    }
    if (!lost || this.recoveryExit !== undefined) return;
    this.isFastRetransmitDue = true;
    this.window.fastRetransmit();
    this.recoveryExit = addTsn(this.nextTsn, -1);
  }

  private takeForLost(entry: Entry): void {
    entry.state = 'waiting';
    entry.missingReports = 0;
    // The limit is each chunk's, and one beyond it gives the whole message up (RFC 7496 §3.2).
    if (entry.transmissions > entry.letter.maxRetransmits) entry.letter.abandoned = true;
  }

  /** Gives up letters whose time is over, whole: no part of them is sent any more (RFC 3758 §3.5 A1). */
  private giveUp(nowMs: number): void {
    for (const { letter, state } of this.queue)
      if (state !== 'acked' && nowMs >= letter.expiresMs) letter.abandoned = true;
    for (const { chunk, letter, state } of this.queue) {
      if (tsnDistance(this.advancedAckPoint, chunk.tsn) !== 1 || !(letter.abandoned || state === 'acked'))
        continue;
      this.advancedAckPoint = chunk.tsn;
    }
    // Acknowledged chunks at the end of the run need no giving up.
    if (!this.queue.some(({ letter }) => letter.abandoned)) this.advancedAckPoint = this.cumulativeAck;
  }

  private forwardTsn(): Chunk | undefined {
    if (this.advancedAckPoint === this.cumulativeAck) return undefined;
    const streams = new Map<number, number>();
    for (const { chunk, letter } of this.queue)
      if (letter.abandoned && !chunk.unordered && !tsnBefore(this.advancedAckPoint, chunk.tsn))
        streams.set(chunk.streamId, chunk.streamSeq);
    return {
      kind: 'forward-tsn',
      newCumulativeTsn: this.advancedAckPoint,
      streams: [...streams].map(([streamId, streamSeq]) => ({ streamId, streamSeq })),
    };
  }

  private drop(cumulativeTsn: number): void {
    const keep = this.queue.findIndex(({ chunk }) => tsnBefore(cumulativeTsn, chunk.tsn));
    for (const { chunk } of this.queue.splice(0, keep < 0 ? this.queue.length : keep))
      this.bufferedOctets -= chunk.userData.length;
  }
}
