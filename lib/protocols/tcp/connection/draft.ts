import { seqMax } from '../segment';
import type { Connection, TimerName } from './connection';
import { createConnection } from './connection';
import { announceWindow } from './receive-window';
import type { TcpRuleId } from './rules';
import { TCP_RULES } from './rules';
import type { Segment } from './segment';
import { segmentEnd, segmentOf } from './segment';
import type { TcpState } from './states';

/** A rule that applied: where it stands, what it did to the state, and the numbers that decided. */
export type RuleNote = {
  timeMs: number;
  rule: TcpRuleId;
  ref: string;
  from: TcpState;
  to: TcpState;
  values: Readonly<Record<string, number | string>>;
};

/** What the user of a connection is told. `code`s are stable. */
export type Effect =
  | { type: 'connected' }
  | { type: 'data'; octets: number }
  | { type: 'read'; data: string }
  | { type: 'peer-closed' }
  | { type: 'closed' }
  | { type: 'reset' }
  | { type: 'refused' }
  | { type: 'timed-out' }
  | { type: 'error'; code: UserErrorCode };

/** What a user’s call is refused with (RFC 9293 §3.10). */
export type UserErrorCode =
  | 'TCP_CONNECTION_EXISTS'
  | 'TCP_CONNECTION_DOES_NOT_EXIST'
  | 'TCP_CONNECTION_CLOSING'
  | 'TCP_SEND_BUFFER_FULL';

/** A step under way: the next connection, which only this step sees, and what it gives out. */
export type Draft = {
  c: Connection;
  readonly nowMs: number;
  readonly out: Segment[];
  readonly effects: Effect[];
  readonly notes: RuleNote[];
  /** Set while the segment is looked at; settled at the end of the step, when data may carry it. */
  ackNow: boolean;
};

export function createDraft(connection: Readonly<Connection>, nowMs: number): Draft {
  const c = { ...connection, timers: { ...connection.timers } };
  return { c, nowMs, out: [], effects: [], notes: [], ackNow: false };
}

/** Records a rule that leaves the state as it is. */
export function note(draft: Draft, rule: TcpRuleId, values: RuleNote['values'] = {}): void {
  const { state } = draft.c;
  draft.notes.push({ timeMs: draft.nowMs, rule, ref: TCP_RULES[rule], from: state, to: state, values });
}

/** Goes to another state, by a rule. */
export function moveTo(draft: Draft, to: TcpState, rule: TcpRuleId, values: RuleNote['values'] = {}): void {
  const from = draft.c.state;
  draft.notes.push({ timeMs: draft.nowMs, rule, ref: TCP_RULES[rule], from, to, values });
  draft.c.state = to;
  if (to === 'TIME-WAIT') {
    draft.c.timers = { 'time-wait': draft.nowMs + 2 * draft.c.config.mslMs };
  }
}

/**
 * Deletes the TCB: CLOSED, no timers, nothing to send. What had arrived in order can still be read, unless
 * the end was a reset (RFC 9293 §3.10.7.4: "segment queues should be flushed").
 */
export function closeConnection(
  draft: Draft,
  rule: TcpRuleId,
  effect: Effect['type'] & ('closed' | 'reset' | 'refused' | 'timed-out'),
  values: RuleNote['values'] = {},
): void {
  moveTo(draft, 'CLOSED', rule, values);
  const { config, receiveBuffer, finReceived, fastOpenCookie } = draft.c;
  const kept = effect === 'closed' ? { receiveBuffer, finReceived } : {};
  draft.c = { ...createConnection(config), ...kept, fastOpenCookie };
  draft.effects.push({ type: effect });
}

/** Back to LISTEN, as if the SYN had never come. */
export function returnToListen(draft: Draft, rule: TcpRuleId, values: RuleNote['values'] = {}): void {
  moveTo(draft, 'LISTEN', rule, values);
  draft.c = { ...createConnection(draft.c.config), state: 'LISTEN', passive: true };
}

/** Sends a segment of this connection: fills in ACK and window, and takes pending ACKs along. */
export function emit(draft: Draft, fields: Partial<Segment>): void {
  const { c } = draft;
  const segment = segmentOf({ ack: c.irs === null ? null : c.rcvNxt, ...fields });
  if (segment.ack !== null && !segment.rst) {
    draft.ackNow = false;
    c.unacknowledgedOctets = 0;
    delete c.timers['delayed-ack'];
  }
  if (!segment.rst) segment.wnd = announceWindow(c, segment.syn);
  if (!segment.rst) c.sndMax = seqMax(c.sndMax, segmentEnd(segment));
  draft.out.push(segment);
}

/** <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK> */
export function emitAck(draft: Draft): void {
  emit(draft, { seq: draft.c.sndNxt });
}

export function startTimer(draft: Draft, timer: TimerName, afterMs: number): void {
  draft.c.timers[timer] = draft.nowMs + afterMs;
}

export function stopTimer(draft: Draft, timer: TimerName): void {
  draft.c.timers = Object.fromEntries(Object.entries(draft.c.timers).filter(([name]) => name !== timer));
}
