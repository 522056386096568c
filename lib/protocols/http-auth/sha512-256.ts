// SHA-512/256 (FIPS 180-4 §6.7). WebCrypto has SHA-512 but not this one: cutting its hash is not the same, since the
// first state differs (§5.3.6). Its words are 64 bits, so this is written with BigInt: slow, and short enough to read.

const MASK = (1n << 64n) - 1n;
const BLOCK_OCTETS = 128;
const ROUNDS = 80;

/** The octets' SHA-512/256: 32 octets. */
export function sha512Of256(octets: Uint8Array): Uint8Array {
  constants ??= createConstants();
  const state = hashFrom(constants.firstState, octets, constants.rounds);
  return wordsToOctets(state.slice(0, 4));
}

type Constants = { readonly rounds: readonly bigint[]; readonly firstState: readonly bigint[] };
let constants: Constants | undefined;

/** FIPS 180-4 §4.2.3: fractions of the cube roots of the first 80 primes; §5.3.6.2: the hash of its own name. */
function createConstants(): Constants {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < ROUNDS; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  const rounds = primes.map((prime) => wholeRoot(prime << 192n, 3n) & MASK);
  const ofSha512 = primes.slice(0, 8).map((prime) => wholeRoot(prime << 128n, 2n) & MASK);
  const turned = ofSha512.map((word) => word ^ 0xa5a5a5a5a5a5a5a5n);
  return { rounds, firstState: hashFrom(turned, new TextEncoder().encode('SHA-512/256'), rounds) };
}

/** The largest whole number whose power is not above `value`, bit by bit. */
function wholeRoot(value: bigint, power: bigint): bigint {
  let root = 0n;
  for (let bit = 1n << 70n; bit > 0n; bit >>= 1n) if ((root | bit) ** power <= value) root |= bit;
  return root;
}

/** FIPS 180-4 §6.4 from any first state. */
function hashFrom(first: readonly bigint[], octets: Uint8Array, rounds: readonly bigint[]): bigint[] {
  const padded = pad(octets);
  const view = new DataView(padded.buffer);
  let state = [...first];
  for (let start = 0; start < padded.length; start += BLOCK_OCTETS) {
    const words: bigint[] = [];
    for (let t = 0; t < 16; t++) words.push(view.getBigUint64(start + t * 8));
    for (let t = 16; t < ROUNDS; t++) words.push(nextWord(words, t));
    const stirred = words.reduce((current, word, t) => round(current, word + (rounds[t] ?? 0n)), state);
    state = state.map((word, i) => (word + (stirred[i] ?? 0n)) & MASK);
  }
  return state;
}

function nextWord(words: readonly bigint[], t: number): bigint {
  const back = (steps: number) => words[t - steps] ?? 0n;
  const [w15, w2] = [back(15), back(2)];
  const small0 = turn(w15, 1n) ^ turn(w15, 8n) ^ (w15 >> 7n);
  const small1 = turn(w2, 19n) ^ turn(w2, 61n) ^ (w2 >> 6n);
  return (small1 + back(7) + small0 + back(16)) & MASK;
}

function round(state: readonly bigint[], wordAndConstant: bigint): bigint[] {
  const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  const choice = (e & f) ^ (~e & MASK & g);
  const majority = (a & b) ^ (a & c) ^ (b & c);
  const first = h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + choice + wordAndConstant;
  const second = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + majority;
  return [(first + second) & MASK, a, b, c, (d + first) & MASK, e, f, g];
}

/** To the right, what falls out comes in again on the left. */
function turn(word: bigint, bits: bigint): bigint {
  return ((word >> bits) | (word << (64n - bits))) & MASK;
}

/** A 1 bit, zeros, and the length in 128 bits, to a multiple of 128 octets (FIPS 180-4 §5.1.2). */
function pad(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((octets.length + 17) / BLOCK_OCTETS) * BLOCK_OCTETS);
  padded.set(octets);
  padded[octets.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(octets.length) * 8n);
  return padded;
}

function wordsToOctets(words: readonly bigint[]): Uint8Array {
  const octets = new Uint8Array(words.length * 8);
  const view = new DataView(octets.buffer);
  for (const [index, word] of words.entries()) view.setBigUint64(index * 8, word);
  return octets;
}
