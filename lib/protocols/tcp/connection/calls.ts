import { createConnection } from './connection';
import type { Draft, UserErrorCode } from './draft';
import { closeConnection, emit, emitAck, moveTo, note } from './draft';
import { freeReceiveOctets } from './receive-window';
import type { TcpRuleId } from './rules';
import { sendSyn } from './synchronize';
import type { TcpState } from './states';

/** OPEN, passive (RFC 9293 §3.10.1). */
export function openPassive(draft: Draft): void {
  if (draft.c.state !== 'CLOSED') return refuse(draft, 'open.exists', 'TCP_CONNECTION_EXISTS');
  draft.c = { ...createConnection(draft.c.config), passive: true };
  moveTo(draft, 'LISTEN', 'open.passive');
}

/** OPEN, active (RFC 9293 §3.10.1). From LISTEN the connection becomes an active one. */
export function openActive(draft: Draft): void {
  const { state, config } = draft.c;
  if (state !== 'CLOSED' && state !== 'LISTEN') return refuse(draft, 'open.exists', 'TCP_CONNECTION_EXISTS');
  // What was given to SEND before the OPEN goes with the SYN, if the SYN may carry data.
  const { sendBuffer } = draft.c;
  draft.c = { ...createConnection(config), state, sendBuffer };
  sendSyn(draft, 'open.active');
}

/** SEND (RFC 9293 §3.10.2). What there is room for in the window goes out at the end of the step. */
export function send(draft: Draft, data: string): void {
  const { c } = draft;
  switch (c.state) {
    case 'CLOSED':
      // A small liberty, for Fast Open: data for the SYN is handed over before the OPEN, as `sendto` does.
      if (c.config.dataInSyn || c.config.fastOpenCookie !== null) break;
      return refuse(draft, 'send.refused', 'TCP_CONNECTION_DOES_NOT_EXIST');
    case 'LISTEN':
      // "change the connection from passive to active": there is one peer only, so it is always specified.
      draft.c = { ...createConnection(c.config), state: 'LISTEN', sendBuffer: data };
      return sendSyn(draft, 'send.opens');
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      return refuse(draft, 'send.refused', 'TCP_CONNECTION_CLOSING');
    default:
      if (c.closeRequested) return refuse(draft, 'send.refused', 'TCP_CONNECTION_CLOSING');
  }
  if (c.sendBuffer.length + data.length > c.config.sendBufferOctets) {
    return refuse(draft, 'send.refused', 'TCP_SEND_BUFFER_FULL');
  }
  c.sendBuffer += data;
  note(draft, 'send.queued', { octets: data.length });
}

/** In these the user may not read yet: the handshake is not over, so the peer may not be who it says. */
const BEFORE_DELIVERY: readonly TcpState[] = ['LISTEN', 'SYN-SENT', 'SYN-RECEIVED'];

/** RECEIVE (RFC 9293 §3.10.3); reading makes room, and room may be worth a window update. */
export function read(draft: Draft, octets = Number.POSITIVE_INFINITY): void {
  const { c } = draft;
  if (c.state === 'CLOSED' && c.receiveBuffer === '') {
    return refuse(draft, 'receive.refused', 'TCP_CONNECTION_DOES_NOT_EXIST');
  }
  if (BEFORE_DELIVERY.includes(c.state) && !c.fastOpenAccepted) return;
  const data = c.receiveBuffer.slice(0, octets);
  if (data === '') return;
  c.receiveBuffer = c.receiveBuffer.slice(data.length);
  draft.effects.push({ type: 'read', data });
  updateWindow(draft);
}

/**
 * Tells the peer that there is room again, when the right edge moves by half the buffer or two segments, or
 * when the window was shut. With silly-window avoidance off every octet is announced.
 */
function updateWindow(draft: Draft): void {
  const { c } = draft;
  if (c.irs === null || c.finReceived || c.state === 'CLOSED') return;
  const before = c.rcvWnd;
  const growth = freeReceiveOctets(c) - before;
  if (growth <= 0) return;
  const { receiveBufferOctets, mss, receiverSillyWindowAvoidance } = c.config;
  const isShut = before < Math.min(mss, receiveBufferOctets / 2);
  const enough = Math.min(receiveBufferOctets / 2, isShut ? mss : 2 * mss);
  if (receiverSillyWindowAvoidance && growth < enough) {
    if (isShut)
      note(draft, 'sws.receiver-hold', { freeOctets: freeReceiveOctets(c), announcedOctets: before });
    return;
  }
  emitAck(draft);
  note(draft, 'window.opened', { fromOctets: before, toOctets: c.rcvWnd });
}

/** CLOSE (RFC 9293 §3.10.4): "I have no more data to send"; receiving goes on. */
export function close(draft: Draft): void {
  const { c } = draft;
  switch (c.state) {
    case 'CLOSED':
      return refuse(draft, 'close.refused', 'TCP_CONNECTION_DOES_NOT_EXIST');
    case 'LISTEN':
    case 'SYN-SENT':
      return closeConnection(draft, 'close.delete', 'closed');
    case 'SYN-RECEIVED':
      if (c.closeRequested) return refuse(draft, 'close.refused', 'TCP_CONNECTION_CLOSING');
      c.closeRequested = true;
      if (c.sendBuffer === '') return moveTo(draft, 'FIN-WAIT-1', 'close.fin');
      return note(draft, 'close.queued', { octets: c.sendBuffer.length });
    case 'ESTABLISHED':
      c.closeRequested = true;
      return moveTo(draft, 'FIN-WAIT-1', 'close.fin', { octetsBefore: c.sendBuffer.length });
    case 'CLOSE-WAIT':
      c.closeRequested = true;
      return moveTo(draft, 'LAST-ACK', 'close.fin', { octetsBefore: c.sendBuffer.length });
    default:
      return refuse(draft, 'close.refused', 'TCP_CONNECTION_CLOSING');
  }
}

/** ABORT (RFC 9293 §3.10.5). */
export function abort(draft: Draft): void {
  const { c } = draft;
  switch (c.state) {
    case 'CLOSED':
      return refuse(draft, 'close.refused', 'TCP_CONNECTION_DOES_NOT_EXIST');
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
    case 'FIN-WAIT-1':
    case 'FIN-WAIT-2':
    case 'CLOSE-WAIT':
      // <SEQ=SND.NXT><CTL=RST>
      emit(draft, { seq: c.sndNxt, ack: null, rst: true });
      return closeConnection(draft, 'abort.reset', 'reset');
    default:
      return closeConnection(draft, 'abort.delete', 'closed');
  }
}

/** The host forgets everything (RFC 9293 §3.5.1 "half-open connections"). No segment goes out. */
export function crash(draft: Draft): void {
  note(draft, 'crash');
  draft.c = createConnection(draft.c.config);
}

function refuse(draft: Draft, rule: TcpRuleId, code: UserErrorCode): void {
  note(draft, rule, { code });
  draft.effects.push({ type: 'error', code });
}
