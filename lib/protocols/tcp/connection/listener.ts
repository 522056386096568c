import { seqAdd } from '../segment';
import type { TcpRuleId } from './rules';
import { TCP_RULES } from './rules';
import type { Segment } from './segment';
import { segmentOf } from './segment';
import { checkSynCookie, createSynCookie } from './syn-cookie';

/** How many half-open connections a listener holds, and whether it answers with cookies beyond them (RFC 4987). */
export type ListenerConfig = {
  /** Half-open connections that the listener remembers; a SYN beyond it is dropped, or gets a cookie. */
  backlog: number;
  /** Answer with SYN cookies when the backlog is full (RFC 4987 §3.6). */
  cookies: boolean;
  /** The key of the cookies. */
  secret: number;
  mss: number;
  windowOctets: number;
  /** How long a half-open connection is remembered: 63 s is a SYN-ACK and five retries. */
  halfOpenMs: number;
  initialSequenceNumber: number;
};

/** A listener with room for a few half-open connections, cookies off. */
export const DEFAULT_LISTENER_CONFIG: ListenerConfig = {
  backlog: 8,
  cookies: false,
  secret: 1,
  mss: 1460,
  windowOctets: 65_535,
  halfOpenMs: 63_000,
  initialSequenceNumber: 300,
};

/** A SYN that was answered and not confirmed. `peer` names address and port: "203.0.113.9:4000". */
export type HalfOpen = { peer: string; irs: number; iss: number; mss: number; forgottenAtMs: number };

/** A connection handed to the application. `byCookie`: the listener had remembered nothing of it. */
export type Accepted = { peer: string; irs: number; iss: number; mss: number; byCookie: boolean };

/** A listening socket for many peers, as plain JSON: what a SYN flood attacks. */
export type Listener = {
  config: ListenerConfig;
  halfOpen: readonly HalfOpen[];
  accepted: readonly Accepted[];
};

/** Why a listener did what it did. */
export type ListenerNote = {
  timeMs: number;
  peer: string;
  rule: TcpRuleId;
  ref: string;
  /** Half-open connections after the step. */
  halfOpen: number;
};

/** The listener after a step, what it sends and whom it accepts. */
export type ListenerResult = {
  listener: Listener;
  out: { to: string; segment: Segment }[];
  note: ListenerNote;
};

/** A listener with an empty backlog. */
export function createListener(config: Partial<ListenerConfig> = {}): Listener {
  return { config: { ...DEFAULT_LISTENER_CONFIG, ...config }, halfOpen: [], accepted: [] };
}

/**
 * A segment reaches the listening port. Pure, like `stepConnection`. The handshake only: what an accepted
 * connection does is a `Connection`'s business, and its segments do not come here.
 */
export function stepListener(
  given: Readonly<Listener>,
  arrived: { from: string; segment: Segment },
  nowMs: number,
): ListenerResult {
  const halfOpen = given.halfOpen.filter(({ forgottenAtMs }) => forgottenAtMs > nowMs);
  const listener = { ...given, halfOpen };
  const { from, segment } = arrived;
  const known = halfOpen.find(({ peer }) => peer === from);
  if (segment.rst) {
    const isExact = known && segment.seq === seqAdd(known.irs, 1);
    return isExact ? forget(listener, known, nowMs) : settle(listener, from, 'listen.rst-ignored', nowMs);
  }
  if (segment.ack !== null) return confirm(listener, from, segment, segment.ack, known, nowMs);
  if (!segment.syn) return settle(listener, from, 'listen.dropped', nowMs);
  if (known) return answer(listener, from, known.iss, known.irs, 'listen.syn', nowMs);
  return takeSyn(listener, from, segment, nowMs);
}

function takeSyn(listener: Listener, from: string, segment: Segment, nowMs: number): ListenerResult {
  const { config, halfOpen } = listener;
  const mss = Math.min(segment.mss ?? 536, config.mss);
  if (halfOpen.length < config.backlog) {
    const iss = seqAdd(config.initialSequenceNumber, Math.floor(nowMs * 250));
    const entry: HalfOpen = {
      peer: from,
      irs: segment.seq,
      iss,
      mss,
      forgottenAtMs: nowMs + config.halfOpenMs,
    };
    return answer(
      { ...listener, halfOpen: [...halfOpen, entry] },
      from,
      iss,
      segment.seq,
      'listen.syn',
      nowMs,
    );
  }
  if (!config.cookies) return settle(listener, from, 'listener.backlog-full', nowMs);
  const cookie = createSynCookie(config.secret, from, segment.seq, mss, nowMs);
  return answer(listener, from, cookie, segment.seq, 'listener.cookie-sent', nowMs);
}

/** The third packet: of a handshake that is remembered, or of one whose memory is in the number itself. */
function confirm(
  listener: Listener,
  from: string,
  segment: Segment,
  ack: number,
  known: HalfOpen | undefined,
  nowMs: number,
): ListenerResult {
  const iss = seqAdd(ack, -1);
  if (known?.iss === iss && segment.seq === seqAdd(known.irs, 1)) {
    const { irs, mss } = known;
    return accept(listener, { peer: from, irs, iss, mss, byCookie: false }, 'ack.establishes', nowMs);
  }
  const irs = seqAdd(segment.seq, -1);
  const { cookies, secret } = listener.config;
  const mss = cookies ? checkSynCookie(secret, from, irs, iss, nowMs) : undefined;
  if (mss !== undefined) {
    return accept(listener, { peer: from, irs, iss, mss, byCookie: true }, 'listener.cookie-right', nowMs);
  }
  const rule = cookies ? 'listener.cookie-wrong' : 'listen.ack-reset';
  return {
    ...settle(listener, from, rule, nowMs),
    out: [{ to: from, segment: segmentOf({ seq: ack, rst: true }) }],
  };
}

function answer(
  listener: Listener,
  to: string,
  iss: number,
  irs: number,
  rule: TcpRuleId,
  nowMs: number,
): ListenerResult {
  const { mss, windowOctets } = listener.config;
  const synAck = segmentOf({ seq: iss, ack: seqAdd(irs, 1), syn: true, wnd: windowOctets, mss });
  return { ...settle(listener, to, rule, nowMs), out: [{ to, segment: synAck }] };
}

function accept(listener: Listener, connection: Accepted, rule: TcpRuleId, nowMs: number): ListenerResult {
  const halfOpen = listener.halfOpen.filter(({ peer }) => peer !== connection.peer);
  const accepted = [...listener.accepted, connection];
  return settle({ ...listener, halfOpen, accepted }, connection.peer, rule, nowMs);
}

function forget(listener: Listener, known: HalfOpen, nowMs: number): ListenerResult {
  const halfOpen = listener.halfOpen.filter((entry) => entry !== known);
  return settle({ ...listener, halfOpen }, known.peer, 'rst.to-listen', nowMs);
}

/** The step's result when nothing goes out. */
function settle(listener: Listener, peer: string, rule: TcpRuleId, nowMs: number): ListenerResult {
  const note = { timeMs: nowMs, peer, rule, ref: TCP_RULES[rule], halfOpen: listener.halfOpen.length };
  return { listener, out: [], note };
}
