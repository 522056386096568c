/** Octets cut into pieces of these sizes; what is left is one more piece. */
export function inPieces(octets: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    pieces.push(octets.subarray(at, at + size));
    at = Math.min(octets.length, at + size);
  }
  return [...pieces, octets.subarray(at)];
}
