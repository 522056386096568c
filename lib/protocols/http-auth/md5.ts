/** Rotations of the four rounds (RFC 1321 §3.4). */
const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** T[i] = floor(2^32 × |sin(i + 1)|) (RFC 1321 §3.4). */
const SINES = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);

/**
 * MD5 (RFC 1321). Broken as a hash, and what most Digest servers still ask for; WebCrypto has none, so it is here.
 * Never use it for anything new (RFC 6151).
 */
export function md5(octets: Uint8Array): Uint8Array {
  const padded = pad(octets);
  const view = new DataView(padded.buffer);
  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let start = 0; start < padded.length; start += 64) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      let f: number;
      let word: number;
      if (round === 0) [f, word] = [(b & c) | (~b & d), i];
      else if (round === 1) [f, word] = [(b & d) | (c & ~d), (5 * i + 1) % 16];
      else if (round === 2) [f, word] = [b ^ c ^ d, (3 * i + 5) % 16];
      else [f, word] = [c ^ (b | ~d), (7 * i) % 16];
      const sum = (a + f + (SINES[i] ?? 0) + view.getInt32(start + word * 4, true)) | 0;
      const shift = SHIFTS[round]?.[i % 4] ?? 0;
      [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
    }
    [a0, b0, c0, d0] = [(a0 + a) | 0, (b0 + b) | 0, (c0 + c) | 0, (d0 + d) | 0];
  }
  const digest = new Uint8Array(16);
  const out = new DataView(digest.buffer);
  for (const [index, word] of [a0, b0, c0, d0].entries()) out.setInt32(index * 4, word, true);
  return digest;
}

/** A 1 bit, zeros, and the length in bits, to a multiple of 64 octets (RFC 1321 §3.1, §3.2). */
function pad(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((octets.length + 9) / 64) * 64);
  padded.set(octets);
  padded[octets.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, (octets.length * 8) >>> 0, true);
  view.setUint32(padded.length - 4, Math.floor(octets.length / 2 ** 29), true);
  return padded;
}
