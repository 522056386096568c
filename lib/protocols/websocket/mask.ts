/** From this many octets on, four at a time are quicker than one at a time, the view that this takes included. */
const WORTH_WORDS = 32;
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

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
  const count = (to - start) >>> 2;
  const end = start + count * 4;
  maskOneByOne(octets, key, phase, from, start);
  const words = new Uint32Array(octets.buffer, octets.byteOffset + start, count);
  const word = wordOf(key, phase + toBoundary);
  for (let i = 0; i < count; i++) words[i]! ^= word;
  maskOneByOne(octets, key, phase + (end - from), end, to);
}

/**
 * Copies octets `from` to `to` of `source` to `at` in `target` and masks them there, or takes the mask off; without a
 * key it copies. The source stays as it is.
 */
export function copyMasked(
  target: Uint8Array,
  at: number,
  source: Uint8Array,
  from: number,
  to: number,
  key: Uint8Array | undefined,
  phase = 0,
): void {
  const count = to - from;
  if (count < WORTH_WORDS) {
    for (let i = 0; i < count; i++) target[at + i] = source[from + i]!;
  } else {
    target.set(count === source.length ? source : source.subarray(from, to), at);
  }
  if (key) applyMask(target, key, phase, at, at + count);
}

function maskOneByOne(octets: Uint8Array, key: Uint8Array, phase: number, from: number, to: number): void {
  for (let i = from; i < to; i++) octets[i]! ^= key[(i - from + phase) & 3]!;
}

/** The key as a word of the machine, from octet `phase` of it on, in the order in which memory holds octets. */
function wordOf(key: Uint8Array, phase: number): number {
  let word = 0;
  for (let i = 0; i < 4; i++) word |= key[(i + phase) & 3]! << (IS_LITTLE_ENDIAN ? i * 8 : 24 - i * 8);
  return word;
}
