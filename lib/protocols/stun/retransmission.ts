/** When a request is sent again over UDP, in milliseconds (RFC 8489 §6.2.1). */
export type RetransmissionOptions = {
  /** First wait; an estimate of the round trip, at least 500 unless the network is known. */
  rtoMs?: number;
  /** How often it is sent in all (Rc). */
  rc?: number;
  /** How many `rtoMs` the last one waits (Rm). */
  rm?: number;
};

/**
 * Each wait is twice the one before; after the last sending `rm` times the first. The defaults give 0, 500, 1500, 3500,
 * 7500, 15500, 31500 and failure at 39500 ms, as the RFC prints them.
 */
export function retransmissionTimes({ rtoMs = 500, rc = 7, rm = 16 }: RetransmissionOptions = {}): {
  sendAtMs: number[];
  failAtMs: number;
} {
  const sendAtMs = Array.from({ length: rc }, (_, i) => rtoMs * (2 ** i - 1));
  return { sendAtMs, failAtMs: (sendAtMs.at(-1) ?? 0) + rm * rtoMs };
}
