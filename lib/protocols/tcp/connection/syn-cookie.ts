import { seqAdd } from '../segment';

/** The segment sizes that a cookie can remember: it has three bits for them (RFC 4987 appendix A). */
export const COOKIE_MSS = [536, 1220, 1300, 1360, 1400, 1440, 1452, 1460] as const;

/** A cookie's clock ticks every 64 seconds; the tick before still counts. */
const TICK_MS = 64_000;

/**
 * A sequence number that holds all that a listener must remember (RFC 4987 appendix A):
 *
 *     +---------+-----+--------------------------------+
 *     | t mod 32| MSS |  keyed hash of peer, t and ISN |
 *     +---------+-----+--------------------------------+
 *      5 bits     3 bits         24 bits
 */
export function createSynCookie(
  secret: number,
  peer: string,
  irs: number,
  mss: number,
  nowMs: number,
): number {
  const tick = Math.floor(nowMs / TICK_MS);
  const largestThatFits = COOKIE_MSS.findLastIndex((size) => size <= mss);
  return cookieAt(secret, peer, irs, tick, Math.max(0, largestThatFits));
}

/** The segment size that the cookie remembers; undefined: it is not ours, or too old. */
export function checkSynCookie(
  secret: number,
  peer: string,
  irs: number,
  cookie: number,
  nowMs: number,
): number | undefined {
  const now = Math.floor(nowMs / TICK_MS);
  const mssIndex = (cookie >>> 24) & 7;
  for (const tick of [now, now - 1]) {
    if (tick >= 0 && cookieAt(secret, peer, irs, tick, mssIndex) === cookie) return COOKIE_MSS[mssIndex];
  }
  return undefined;
}

function cookieAt(secret: number, peer: string, irs: number, tick: number, mssIndex: number): number {
  const hash = keyedHash(secret, `${peer}|${irs}|${tick}|${mssIndex}`) & 0xffffff;
  return (((tick % 32) << 27) | (mssIndex << 24) | hash) >>> 0;
}

/** A Fast Open cookie of 8 octets in hex, for one client address (RFC 7413 §4.1.2). */
export function createFastOpenCookie(secret: number, address: string): string {
  const halves = [keyedHash(secret, `tfo-1|${address}`), keyedHash(secret, `tfo-2|${address}`)];
  return halves.map((half) => half.toString(16).padStart(8, '0')).join('');
}

/**
 * 32 bits that depend on all of `secret` and `text` (FNV-1a, then a mixer). It stands for the keyed hash of a
 * real host, which uses SipHash: this one is not secure, but it is the same on every machine.
 */
function keyedHash(secret: number, text: string): number {
  let hash = (0x811c9dc5 ^ secret) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return seqAdd(hash ^ (hash >>> 16), 0);
}
