/**
 * MD5 (RFC 1321). Broken as a hash; here because the long-term keys of STUN's first integrity are made with it
 * (RFC 8489 §18.5.1.1), and WebCrypto has none.
 */
export function md5(octets: Uint8Array): Uint8Array {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  const padded = pad(octets);
  const words = new DataView(padded.buffer);
  for (let block = 0; block < padded.length; block += 64) addBlock(state, words, block);
  const digest = new DataView(new ArrayBuffer(16));
  state.forEach((word, i) => digest.setUint32(i * 4, word, true));
  return new Uint8Array(digest.buffer);
}

/** §3.1, §3.2: a one bit, zeros, and the length in bits, little-endian, up to a multiple of 64 octets. */
function pad(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array((((octets.length + 8) >>> 6) + 1) * 64);
  padded.set(octets);
  padded[octets.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, octets.length * 8, true);
  view.setUint32(padded.length - 4, Math.floor(octets.length / 2 ** 29), true);
  return padded;
}

/** §3.4: how far each of a round's steps turns its sum. */
const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;
/** T[i]: the whole part of 2^32 × |sin(i)|. */
const SINES = Uint32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

function addBlock(state: Uint32Array, words: DataView, at: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let i = 0; i < 64; i++) {
    const round = i >>> 4;
    const [mixed, word] =
      round === 0
        ? [(b & c) | (~b & d), i]
        : round === 1
          ? [(b & d) | (c & ~d), (5 * i + 1) & 15]
          : round === 2
            ? [b ^ c ^ d, (3 * i + 5) & 15]
            : [c ^ (b | ~d), (7 * i) & 15];
    const sum = (a + mixed + SINES[i]! + words.getUint32(at + word * 4, true)) | 0;
    const shift = SHIFTS[round]![i & 3]!;
    [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
}
