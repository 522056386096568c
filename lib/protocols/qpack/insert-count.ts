/** The most entries that a table of this capacity holds: 32 octets is the smallest (RFC 9204 §4.5.1.1). */
export function maxEntriesOf(maxTableCapacity: number): number {
  return Math.floor(maxTableCapacity / 32);
}

/** Required Insert Count as it is written: modulo twice the entries, plus one; 0 for none (RFC 9204 §4.5.1.1). */
export function encodeInsertCount(count: number, maxEntries: number): number {
  return count === 0 ? 0 : (count % (2 * maxEntries)) + 1;
}

/** The count that was meant, from what has been inserted here (RFC 9204 §4.5.1.1); undefined: there is none. */
export function decodeInsertCount(encoded: number, maxEntries: number, inserted: number): number | undefined {
  if (encoded === 0) return 0;
  const fullRange = 2 * maxEntries;
  if (encoded > fullRange) return undefined;
  const maxValue = inserted + maxEntries;
  let count = Math.floor(maxValue / fullRange) * fullRange + encoded - 1;
  if (count > maxValue) {
    if (count <= fullRange) return undefined;
    count -= fullRange;
  }
  return count === 0 ? undefined : count;
}
