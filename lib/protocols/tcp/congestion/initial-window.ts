/** The initial window in octets by RFC 5681 §3.1: two to four segments, by their size. */
export function initialWindowRfc5681(smss: number): number {
  if (smss > 2190) return 2 * smss;
  if (smss > 1095) return 3 * smss;
  return 4 * smss;
}

/** The initial window in octets by RFC 6928 §2 (1), in use since about 2011: ten segments of ordinary size. */
export function initialWindowRfc6928(mss: number): number {
  return Math.min(10 * mss, Math.max(2 * mss, 14600));
}
