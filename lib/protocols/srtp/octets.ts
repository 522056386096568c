/** A number below 2^48 in its last octets: packet indices, SSRCs, the words that are authenticated. */
export function numberOctets(value: number, octets: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(octets);
  for (let i = octets - 1, rest = value; rest > 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

/** Octets xored onto a copy of `target`, from `at`. */
export function xorAt(target: Uint8Array, octets: Uint8Array, at: number): Uint8Array<ArrayBuffer> {
  const result = target.slice();
  octets.forEach((octet, i) => (result[at + i]! ^= octet));
  return result;
}
