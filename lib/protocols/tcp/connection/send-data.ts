import { seqAdd, seqBefore, seqDistance } from '../segment';
import type { Connection } from './connection';
import type { Draft } from './draft';
import { emit, emitAck, note, startTimer, stopTimer } from './draft';
import type { TcpState } from './states';

const SENDING: readonly TcpState[] = ['ESTABLISHED', 'CLOSE-WAIT', 'FIN-WAIT-1', 'CLOSING', 'LAST-ACK'];

/** The end of every step: data that may go goes; an ACK that must go and found no data goes alone. */
export function sendWhatIsDue(draft: Draft): void {
  sendData(draft);
  if (draft.ackNow && draft.c.irs !== null) emitAck(draft);
}

/** Sends as much as window, Nagle's algorithm and silly-window avoidance let through. */
export function sendData(draft: Draft, isOverridden = false): void {
  const { c } = draft;
  const mayReplyEarly = c.state === 'SYN-RECEIVED' && c.fastOpenAccepted; // RFC 7413 §4.2.2
  if (!SENDING.includes(c.state) && !mayReplyEarly) return;

  leavePersist(draft);
  let next = nextPiece(c, isOverridden);
  while (typeof next !== 'string' && next !== null) {
    transmit(draft, next.octets, next.fin);
    next = nextPiece(c, isOverridden);
  }
  const hold = next;
  if (hold !== c.holding) {
    c.holding = hold;
    if (hold !== null) noteHold(draft, hold);
  }
  settleTimers(draft);
}

type Piece = { octets: number; fin: boolean };

/** What to send next; or why it waits; or null with nothing to send. */
function nextPiece(c: Connection, isOverridden: boolean): Piece | Connection['holding'] {
  const toBufferEnd = seqDistance(c.sndNxt, bufferEnd(c));
  const queued = Math.max(0, toBufferEnd); // D
  const finWaits = c.closeRequested && toBufferEnd >= 0;
  if (queued === 0 && !finWaits) return null;

  const usable = Math.max(0, seqDistance(c.sndNxt, seqAdd(c.sndUna, c.sndWnd))); // U
  if (usable === 0) return 'zero-window';
  const octets = Math.min(queued, usable, c.sendMss);
  const fin = finWaits && octets === queued && usable > queued;
  if (fin) return { octets, fin }; // nothing will follow that could fill it

  // RFC 9293 §3.8.6.2.1. Every SEND is pushed here; the parts about SND.NXT = SND.UNA are Nagle's (§3.7.4).
  const isIdle = c.sndNxt === c.sndUna;
  const nagleLetsGo = isIdle || !c.config.nagle;
  const isFullSized = Math.min(queued, usable) >= c.sendMss; // (1)
  const isAllThereIs = queued <= usable; // (2)
  const isHalfTheWindow = Math.min(queued, usable) >= c.maxSndWnd / 2; // (3)
  if (isFullSized || isOverridden) return { octets, fin: false }; // (1), (4)
  if (isAllThereIs) return nagleLetsGo ? { octets, fin: false } : 'nagle';
  if (nagleLetsGo && (isHalfTheWindow || !c.config.senderSillyWindowAvoidance)) return { octets, fin: false };
  return 'silly-window';
}

function transmit(draft: Draft, octets: number, fin: boolean): void {
  const { c } = draft;
  const seq = c.sndNxt;
  const from = seqDistance(c.sendBufferSeq, seq);
  const data = c.sendBuffer.slice(from, from + octets);
  const isNew = seq === c.sndMax;
  const isLast = from + octets === c.sendBuffer.length;
  emit(draft, { seq, data, fin, psh: data !== '' && isLast });
  c.sndNxt = seqAdd(seq, octets + (fin ? 1 : 0));
  if (isNew && !c.timed) c.timed = { end: c.sndNxt, sentAtMs: draft.nowMs };
  // RFC 6298 §5.1: start the timer if it is not running.
  if (c.timers.retransmission === undefined) startTimer(draft, 'retransmission', c.rtt.rtoMs);
}

function bufferEnd(c: Connection): number {
  return seqAdd(c.sendBufferSeq, c.sendBuffer.length);
}

/** The window opened: probing ends. It shut on data in flight: that is taken back, and probing begins. */
function leavePersist(draft: Draft): void {
  const { c } = draft;
  if (c.sndWnd > 0) return stopTimer(draft, 'persist');
  const isInFlight = seqBefore(c.sndUna, c.sndNxt) && c.sndUna !== c.iss;
  if (!isInFlight) return;
  c.sndNxt = c.sndUna;
  c.timed = null;
  c.recover = null;
  stopTimer(draft, 'retransmission');
}

function noteHold(draft: Draft, hold: NonNullable<Connection['holding']>): void {
  const { c } = draft;
  const values = { waitingOctets: Math.max(0, seqDistance(c.sndNxt, bufferEnd(c))), sndWnd: c.sndWnd };
  if (hold === 'nagle') note(draft, 'nagle.hold', values);
  if (hold === 'silly-window') note(draft, 'sws.sender-hold', values);
  if (hold === 'zero-window' && c.sndWnd === 0) note(draft, 'window.zero', values);
}

/** With data in flight an ACK or the retransmission timer will wake us; with none, another timer must. */
function settleTimers(draft: Draft): void {
  const { c } = draft;
  const isInFlight = c.sndUna !== c.sndNxt;
  if (isInFlight || c.holding !== 'silly-window') stopTimer(draft, 'override');
  else if (c.timers.override === undefined) startTimer(draft, 'override', c.config.overrideTimeoutMs);

  if (isInFlight || c.holding !== 'zero-window') stopTimer(draft, 'persist');
  else if (c.timers.persist === undefined) {
    c.retries = 0;
    c.persistMs = c.rtt.rtoMs;
    startTimer(draft, 'persist', c.persistMs);
  }
}
