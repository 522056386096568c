import { seqAdd, seqBefore, seqDistance } from '../segment';
import type { Connection, HeldText } from './connection';
import type { Draft } from './draft';
import { moveTo, note, startTimer } from './draft';
import type { Segment } from './segment';
import type { TcpState } from './states';

/** Pieces kept beyond a gap; the window limits their octets, this limits their number. */
const MAX_HELD = 1024;

const RECEIVING: readonly TcpState[] = ['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2'];

/** The seventh and eighth step of §3.10.7.4: text, then FIN. */
export function receiveText(draft: Draft, segment: Segment): void {
  const { c } = draft;
  if (segment.data === '' && !segment.fin) return;
  if (!RECEIVING.includes(c.state)) {
    // "This should not occur since a FIN has been received from the remote side."
    return note(draft, 'text.ignored', { octets: segment.data.length });
  }
  const text = cutToWindow(c, segment);
  if (text.data === '' && !text.fin) return;
  if (text.seq !== c.rcvNxt) {
    hold(c, text);
    draft.ackNow = true; // RFC 5681 §4.2: an ACK at once, so that the sender learns of the gap
    return note(draft, 'text.held', { seq: text.seq, rcvNxt: c.rcvNxt });
  }
  const hadGap = c.outOfOrder.length > 0;
  const octets = takeInOrder(c, text);
  if (octets > 0) {
    note(draft, hadGap ? 'text.gap-filled' : 'text.in-order', { octets, rcvNxt: c.rcvNxt });
    draft.effects.push({ type: 'data', octets });
    acknowledgeText(draft, octets, hadGap);
  }
  if (c.finReceived) receiveFin(draft);
}

/** Without what came before and what does not fit; a FIN that does not fit goes too. */
function cutToWindow(c: Connection, segment: Segment): HeldText {
  const start = segment.syn ? seqAdd(segment.seq, 1) : segment.seq;
  const known = Math.min(Math.max(0, seqDistance(start, c.rcvNxt)), segment.data.length);
  const seq = seqAdd(start, known);
  const room = Math.max(0, seqDistance(seq, seqAdd(c.rcvNxt, c.rcvWnd)));
  const data = segment.data.slice(known, known + room);
  const isCut = known + data.length < segment.data.length;
  return { seq, data, fin: segment.fin && !isCut && room > data.length };
}

function hold(c: Connection, text: HeldText): void {
  if (c.outOfOrder.length >= MAX_HELD) return;
  const isKnown = c.outOfOrder.some(
    (held) => held.seq === text.seq && held.data.length >= text.data.length && held.fin === text.fin,
  );
  if (isKnown) return;
  c.outOfOrder = [...c.outOfOrder, text].sort((a, b) => seqDistance(b.seq, a.seq));
}

/** Appends `text` and whatever it joins up with. Answers how many octets RCV.NXT advanced over. */
function takeInOrder(c: Connection, text: HeldText): number {
  const before = c.rcvNxt;
  append(c, text);
  while (!c.finReceived) {
    const [first, ...rest] = c.outOfOrder;
    if (!first || seqBefore(c.rcvNxt, first.seq)) break;
    c.outOfOrder = rest;
    const known = seqDistance(first.seq, c.rcvNxt);
    if (known <= first.data.length) append(c, { ...first, data: first.data.slice(known) });
  }
  return seqDistance(before, c.rcvNxt);
}

function append(c: Connection, { data, fin }: Omit<HeldText, 'seq'>): void {
  c.receiveBuffer += data;
  c.rcvNxt = seqAdd(c.rcvNxt, data.length);
  c.rcvWnd -= data.length; // the right edge stays
  if (fin) {
    c.finReceived = true;
    c.outOfOrder = [];
  }
}

/** At once, or with the next data, or when a second segment comes, or after a while (RFC 9293 §3.8.6.3). */
function acknowledgeText(draft: Draft, octets: number, filledGap: boolean): void {
  const { c } = draft;
  c.unacknowledgedOctets += octets;
  if (!c.config.delayedAck || filledGap || c.unacknowledgedOctets >= 2 * c.config.mss) {
    draft.ackNow = true;
    return;
  }
  if (c.timers['delayed-ack'] !== undefined) return;
  startTimer(draft, 'delayed-ack', c.config.delayedAckMs);
  note(draft, 'delayed-ack.wait', { octets: c.unacknowledgedOctets });
}

/** Eighth, check the FIN bit: the peer has no more data. */
function receiveFin(draft: Draft): void {
  const { c } = draft;
  c.rcvNxt = seqAdd(c.rcvNxt, 1);
  c.rcvWnd = Math.max(0, c.rcvWnd - 1);
  draft.ackNow = true;
  draft.effects.push({ type: 'peer-closed' });
  const next = { ESTABLISHED: 'CLOSE-WAIT', 'FIN-WAIT-1': 'CLOSING', 'FIN-WAIT-2': 'TIME-WAIT' } as const;
  // In FIN-WAIT-1 our own FIN was not acknowledged: checkAck would have gone on to FIN-WAIT-2.
  const to = next[c.state as keyof typeof next];
  moveTo(draft, to, 'fin.received', { rcvNxt: c.rcvNxt });
}
