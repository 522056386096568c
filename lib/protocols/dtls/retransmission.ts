import type { DtlsVersion } from './messages';

/**
 * Timers (RFC 9147 §5.8.2, RFC 6347 §4.2.4.1): 1 s, doubled each time, to 60 s; for DTLS-SRTP 400 ms. When to give up is the
 * implementation's.
 */
export type RetransmissionTimers = { initialMs: number; maxMs: number; maxRetransmissions: number };

/** 1 s, 60 s, and an end after five minutes. */
export const DEFAULT_TIMERS: RetransmissionTimers = { initialMs: 1000, maxMs: 60_000, maxRetransmissions: 9 };

/** The states of RFC 9147 §5.8.1 (RFC 6347 §4.2.4, figure 3), and one for who gave up. */
export type Phase = 'PREPARING' | 'SENDING' | 'WAITING' | 'FINISHED' | 'FAILED';

/** What follows a flight: the peer's flight; an ACK or nothing, for it is the last; or nothing yet, for no state is kept. */
export type FlightKind = 'answered' | 'last' | 'stateless';

/** One end's flight and its timer. A value: nothing in it changes. */
export type RetransmissionState = {
  readonly version: DtlsVersion;
  readonly phase: Phase;
  readonly flight: FlightKind | undefined;
  /** What the timer is set to next. */
  readonly timeoutMs: number;
  readonly retransmissions: number;
  /** When the flight is sent again; undefined: no timer runs. */
  readonly deadlineMs: number | undefined;
  /** When 1.3 acknowledges what has come of a flight that stays in pieces (RFC 9147 §7.1). */
  readonly ackDeadlineMs: number | undefined;
};

/** What can happen to one end. */
export type RetransmissionEvent =
  /** A flight is ready. */
  | { type: 'flight'; kind: FlightKind }
  /** It is on its way. */
  | { type: 'sent' }
  /** Time has passed. */
  | { type: 'time' }
  /** Some of the peer's next flight has come. */
  | { type: 'part' }
  /** Something has come that nobody can read yet, and so cannot trust. */
  | { type: 'unreadable' }
  /** All of it has come; `isLast`: there is nothing to answer. */
  | { type: 'whole'; isLast: boolean }
  /** The peer sends its last flight again, so it has not heard ours. */
  | { type: 'repeat' }
  /** An ACK: of all that is out, or of some or none of it. */
  | { type: 'ack'; covers: 'all' | 'some' };

/** What to do about it. `send`: everything of the flight that is not acknowledged. */
export type RetransmissionAction = 'send' | 'send-ack' | 'give-up';

type Step = { state: RetransmissionState; actions: RetransmissionAction[] };

/** Clients start in PREPARING, servers in WAITING without a timer (RFC 9147 §5.8.1). */
export function createRetransmission(
  version: DtlsVersion,
  role: 'client' | 'server',
  timers: RetransmissionTimers = DEFAULT_TIMERS,
): RetransmissionState {
  return {
    version,
    phase: role === 'client' ? 'PREPARING' : 'WAITING',
    flight: undefined,
    timeoutMs: timers.initialMs,
    retransmissions: 0,
    deadlineMs: undefined,
    ackDeadlineMs: undefined,
  };
}

/** When `time` must come next; undefined: no timer runs. */
export function nextTimerMs({ deadlineMs, ackDeadlineMs }: RetransmissionState): number | undefined {
  if (deadlineMs === undefined || ackDeadlineMs === undefined) return deadlineMs ?? ackDeadlineMs;
  return Math.min(deadlineMs, ackDeadlineMs);
}

/**
 * The state machine of RFC 9147 §5.8.1, which has RFC 6347 §4.2.4's inside: with version 1.2 no ACK is sent, parts change nothing,
 * and a last flight ends in FINISHED. Time comes in; events that a state does not know leave it as it is.
 */
export function stepRetransmission(
  state: RetransmissionState,
  event: RetransmissionEvent,
  nowMs: number,
  timers: RetransmissionTimers = DEFAULT_TIMERS,
): Step {
  switch (state.phase) {
    case 'PREPARING':
      if (event.type !== 'flight') return { state, actions: [] };
      return send({ ...state, flight: event.kind, retransmissions: 0, ackDeadlineMs: undefined });
    case 'SENDING':
      return { state: event.type === 'sent' ? sent(state, nowMs) : state, actions: [] };
    case 'WAITING':
      return wait(state, event, nowMs, timers);
    case 'FINISHED':
      return { state, actions: event.type === 'repeat' ? answerRepeat(state) : [] };
    case 'FAILED':
      return { state, actions: [] };
  }
}

const send = (state: RetransmissionState): Step => ({
  state: { ...state, phase: 'SENDING', deadlineMs: undefined },
  actions: ['send'],
});

function sent(state: RetransmissionState, nowMs: number): RetransmissionState {
  // 1.2 sends its last flight and hopes: if it is lost, the peer will repeat the one before (RFC 6347 §4.2.4).
  if (state.flight === 'last' && state.version === '1.2') return { ...state, phase: 'FINISHED' };
  const deadlineMs = state.flight === 'stateless' ? undefined : nowMs + state.timeoutMs;
  return { ...state, phase: 'WAITING', deadlineMs };
}

/** Who is done answers a repeated flight with its own last word: the flight in 1.2, an ACK in 1.3. */
function answerRepeat({ version, flight }: RetransmissionState): RetransmissionAction[] {
  if (version === '1.3') return ['send-ack'];
  return flight === 'last' ? ['send'] : [];
}

function wait(
  state: RetransmissionState,
  event: RetransmissionEvent,
  nowMs: number,
  timers: RetransmissionTimers,
): Step {
  switch (event.type) {
    case 'time':
      return expire(state, nowMs, timers);
    case 'part':
      if (state.version === '1.2') return { state, actions: [] };
      // What answers a flight acknowledges it (RFC 9147 §7.2), so its timer stops; a quarter of it tells of the gaps (§7.1).
      return {
        state: {
          ...state,
          deadlineMs: undefined,
          ackDeadlineMs: state.ackDeadlineMs ?? nowMs + state.timeoutMs / 4,
        },
        actions: [],
      };
    case 'unreadable': {
      const ackDeadlineMs = state.ackDeadlineMs ?? nowMs + state.timeoutMs / 4;
      return { state: state.version === '1.2' ? state : { ...state, ackDeadlineMs }, actions: [] };
    }
    case 'whole': {
      // Nothing of ours was lost, so the timer may start small again (RFC 9147 §5.8.2).
      const timeoutMs = state.retransmissions === 0 ? timers.initialMs : state.timeoutMs;
      const idle = { ...state, timeoutMs, deadlineMs: undefined, ackDeadlineMs: undefined };
      if (!event.isLast) return { state: { ...idle, phase: 'PREPARING' }, actions: [] };
      const actions: RetransmissionAction[] = state.version === '1.3' ? ['send-ack'] : [];
      return { state: { ...idle, phase: 'FINISHED' }, actions };
    }
    case 'repeat': {
      // A flight that has only just gone out is still on its way.
      const isFresh = state.deadlineMs !== undefined && nowMs < state.deadlineMs - (state.timeoutMs * 3) / 4;
      return state.flight === undefined || isFresh ? { state, actions: [] } : send(state);
    }
    case 'ack':
      if (event.covers === 'some') return state.flight === undefined ? { state, actions: [] } : send(state);
      if (state.flight === 'last')
        return { state: { ...state, phase: 'FINISHED', deadlineMs: undefined }, actions: [] };
      return { state: { ...state, deadlineMs: undefined }, actions: [] };
    default:
      return { state, actions: [] };
  }
}

function expire(state: RetransmissionState, nowMs: number, timers: RetransmissionTimers): Step {
  if (state.deadlineMs !== undefined && nowMs >= state.deadlineMs) {
    if (state.retransmissions >= timers.maxRetransmissions)
      return {
        state: { ...state, phase: 'FAILED', deadlineMs: undefined, ackDeadlineMs: undefined },
        actions: ['give-up'],
      };
    const timeoutMs = Math.min(state.timeoutMs * 2, timers.maxMs);
    return send({ ...state, timeoutMs, retransmissions: state.retransmissions + 1 });
  }
  if (state.ackDeadlineMs !== undefined && nowMs >= state.ackDeadlineMs)
    return { state: { ...state, ackDeadlineMs: undefined }, actions: ['send-ack'] };
  return { state, actions: [] };
}
