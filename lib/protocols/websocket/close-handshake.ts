import { CLOSE_CODES } from './close-codes';
import type { CloseReason } from './close-payload';
import type { Role } from './frame-scanner';

/**
 * A connection on its way to its end (RFC 6455 §7). `closing`: a Close was sent or received. `closed`: TCP is closed.
 * `code` and `reason` are what the application is told; 1006 until a Close was received (§7.1.5).
 */
export type CloseState = CloseReason & {
  phase: 'open' | 'closing' | 'closed';
  hasSent: boolean;
  hasReceived: boolean;
  /** TCP was closed after both Close frames had passed (§7.1.4). */
  wasClean: boolean;
};

/** What may happen to a connection that is to be closed (RFC 6455 §7.1). */
export type CloseEvent =
  /** The application wants to end; without a code the Close is empty. */
  | { type: 'close-called'; code?: number; reason?: string }
  /** A Close frame was read. */
  | ({ type: 'close-received' } & CloseReason)
  /** The reader threw: fail the connection (§7.1.7). */
  | { type: 'violation'; closeCode: number }
  /** Nothing was heard for too long after a Close was sent. */
  | { type: 'timed-out' }
  | { type: 'tcp-closed' };

/** What the owner of the socket is to do, in this order. */
export type CloseAction = { type: 'send-close'; code?: number; reason?: string } | { type: 'close-tcp' };

/** The closing state of a connection on which nobody has closed anything yet (RFC 6455 §7.1). */
export const OPEN: CloseState = {
  phase: 'open',
  code: CLOSE_CODES.abnormal,
  reason: '',
  hasSent: false,
  hasReceived: false,
  wasClean: false,
};

/**
 * The closing handshake as a state machine: pure, so that a socket, a simulator or a picture can own it. The server
 * closes TCP first, so that the TIME-WAIT is its own and the client's address is free (§7.1.1); a client waits for that.
 */
export function stepClose(
  state: CloseState,
  event: CloseEvent,
  role: Role,
): { state: CloseState; actions: CloseAction[] } {
  if (state.phase === 'closed') return { state, actions: [] };
  switch (event.type) {
    case 'close-called': {
      if (state.phase !== 'open') return { state, actions: [] };
      const { code, reason } = event;
      const send: CloseAction = { type: 'send-close' };
      if (code !== undefined) send.code = code;
      if (reason !== undefined) send.reason = reason;
      return { state: { ...state, phase: 'closing', hasSent: true }, actions: [send] };
    }
    case 'close-received': {
      if (state.hasReceived) return { state, actions: [] };
      const { code, reason } = event;
      const actions: CloseAction[] = [];
      // It answers with the code that it got (§5.5.1); 1005 stands for none and is never sent.
      if (!state.hasSent) actions.push(code === CLOSE_CODES.noStatus ? answer() : answer(code));
      if (role === 'server') actions.push({ type: 'close-tcp' });
      return {
        state: { ...state, phase: 'closing', hasSent: true, hasReceived: true, code, reason },
        actions,
      };
    }
    case 'violation': {
      const actions: CloseAction[] = state.hasSent ? [] : [answer(event.closeCode)];
      return {
        state: { ...state, phase: 'closing', hasSent: true },
        actions: [...actions, { type: 'close-tcp' }],
      };
    }
    case 'timed-out':
      return { state, actions: [{ type: 'close-tcp' }] };
    case 'tcp-closed':
      return {
        state: { ...state, phase: 'closed', wasClean: state.hasSent && state.hasReceived },
        actions: [],
      };
  }
}

const answer = (code?: number): CloseAction => ({
  type: 'send-close',
  ...(code === undefined ? {} : { code }),
});
