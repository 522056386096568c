/** From this many octets on, four at a time are quicker than one at a time, the views that this takes included. */
const WORTH_WORDS = 96;

/**
 * Masks octets in place, or takes the mask off: octet i is XORed with octet (i + `phase`) mod 4 of the key, so doing it
 * twice changes nothing (RFC 6455 §5.3). `phase` is how many octets of the same payload went before. `from` and `to`
 * bound what is masked.
 */
export function applyMask(
  octets: Uint8Array,
  key: Uint8Array,
  phase = 0,
  from = 0,
  to: number = octets.length,
): void {
  if (to - from < WORTH_WORDS) return maskOneByOne(octets, key, phase, from, to);
  // A view of words must start at a multiple of four in the buffer; the octets before it go one by one.
  const toBoundary = -(octets.byteOffset + from) & 3;
  const start = from + toBoundary;
  const words = (to - start) >>> 2;
  const end = start + words * 4;
  maskOneByOne(octets, key, phase, from, start);
  maskWords(new Uint32Array(octets.buffer, octets.byteOffset + start, words), key, phase + toBoundary);
  maskOneByOne(octets, key, phase + (end - from), end, to);
}

function maskOneByOne(octets: Uint8Array, key: Uint8Array, phase: number, from: number, to: number): void {
  for (let i = from; i < to; i++) octets[i]! ^= key[(i - from + phase) & 3]!;
}

/** The key is laid into a word by the same memory layout as the octets, so the machine's byte order does not matter. */
function maskWords(words: Uint32Array, key: Uint8Array, phase: number): void {
  const turned = Uint8Array.from({ length: 4 }, (_, i) => key[(i + phase) & 3]!);
  const word = new Uint32Array(turned.buffer)[0]!;
  for (let i = 0; i < words.length; i++) words[i]! ^= word;
}
