import type { Connection } from './connection';

/** The window field holds 16 bits; scaling shifts it (RFC 7323 §2.3). */
const MAX_WINDOW_FIELD = 0xffff;

/** Octets that could be offered now: room in the buffer, as far as the field can say it. */
export function freeReceiveOctets(c: Readonly<Connection>): number {
  const free = c.config.receiveBufferOctets - c.receiveBuffer.length;
  return Math.max(0, Math.min(free, MAX_WINDOW_FIELD * 2 ** c.rcvScale));
}

/**
 * May the right edge move? The receiver's side of silly-window avoidance (RFC 9293 §3.8.6.2.2): not by less
 * than half the buffer or one segment, whichever is smaller.
 */
export function windowMayOpen(c: Readonly<Connection>): boolean {
  const growth = freeReceiveOctets(c) - c.rcvWnd;
  if (growth <= 0) return false;
  if (!c.config.receiverSillyWindowAvoidance) return true;
  return growth >= Math.min(c.config.receiveBufferOctets / 2, c.config.mss);
}

/** Settles RCV.WND for a segment that is about to go out; answers its window field. */
export function announceWindow(c: Connection, isSyn: boolean): number {
  if (windowMayOpen(c)) c.rcvWnd = freeReceiveOctets(c);
  // The window in a SYN is never scaled (RFC 7323 §2.2).
  const field = isSyn ? c.rcvWnd : Math.floor(c.rcvWnd / 2 ** c.rcvScale);
  return Math.min(field, MAX_WINDOW_FIELD);
}
