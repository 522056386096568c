import { segmentArrives } from './arrives';
import type { Connection, TimerName } from './connection';
import { abort, close, crash, openActive, openPassive, read, send } from './calls';
import type { Effect, RuleNote } from './draft';
import { createDraft } from './draft';
import type { Segment } from './segment';
import { sendWhatIsDue } from './send-data';
import { timerGoesOff } from './timers';

/** What can happen to a connection (RFC 9293 §3.10): calls of its user, segments, timers. */
export type ConnectionEvent =
  | { type: 'open-passive' }
  | { type: 'open-active' }
  /** One octet a character. */
  | { type: 'send'; data: string }
  /** RECEIVE: takes up to so many octets; all that is there without a number. */
  | { type: 'read'; octets?: number }
  | { type: 'close' }
  | { type: 'abort' }
  /** The host loses its memory and starts again; nobody is told. */
  | { type: 'crash' }
  | { type: 'segment'; segment: Segment }
  | { type: 'timer'; timer: TimerName };

/** The connection after a step, what it sends, what its user hears, and which rules decided. */
export type StepResult = {
  connection: Connection;
  /** To be sent, in this order. */
  out: Segment[];
  /** What the user of the connection learns. */
  effects: Effect[];
  /** Which rules applied, in this order. */
  notes: RuleNote[];
};

/**
 * One step of the state machine. Pure: the same connection, event and time give the same result, and the
 * connection that was given is not changed. `nowMs` never goes back.
 */
export function stepConnection(
  connection: Readonly<Connection>,
  event: ConnectionEvent,
  nowMs: number,
): StepResult {
  const draft = createDraft(connection, nowMs);
  switch (event.type) {
    case 'open-passive':
      openPassive(draft);
      break;
    case 'open-active':
      openActive(draft);
      break;
    case 'send':
      send(draft, event.data);
      break;
    case 'read':
      read(draft, event.octets);
      break;
    case 'close':
      close(draft);
      break;
    case 'abort':
      abort(draft);
      break;
    case 'crash':
      crash(draft);
      break;
    case 'segment':
      segmentArrives(draft, event.segment);
      break;
    case 'timer':
      timerGoesOff(draft, event.timer);
  }
  sendWhatIsDue(draft);
  return { connection: draft.c, out: draft.out, effects: draft.effects, notes: draft.notes };
}
