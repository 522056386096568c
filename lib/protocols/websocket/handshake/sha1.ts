/**
 * SHA-1 (RFC 3174), for the accept key alone: there it proves that somebody read the request, and hides nothing. For
 * everything that must hold against an attacker it has long been broken. WebCrypto has it too, but only asynchronously.
 */
export function sha1(message: Uint8Array): Uint8Array {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const padded = padToBlocks(message);
  for (let at = 0; at < padded.length; at += BLOCK_OCTETS) compress(state, padded, at);
  const digest = new Uint8Array(20);
  const view = new DataView(digest.buffer);
  state.forEach((word, index) => view.setUint32(index * 4, word));
  return digest;
}

const BLOCK_OCTETS = 64;

/** §4: a one bit, zeros, and the length in bits as 64 of them, to whole blocks. */
export function padToBlocks(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / BLOCK_OCTETS) * BLOCK_OCTETS);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n);
  return padded;
}

/** §6.1: sixteen words of the block become eighty, and each stirs the state once. */
function compress(state: Uint32Array, octets: Uint8Array, at: number): void {
  const view = new DataView(octets.buffer, octets.byteOffset + at, BLOCK_OCTETS);
  const words = new Uint32Array(80);
  for (let t = 0; t < 16; t++) words[t] = view.getUint32(t * 4);
  for (let t = 16; t < 80; t++) {
    words[t] = rotate(words[t - 3]! ^ words[t - 8]! ^ words[t - 14]! ^ words[t - 16]!, 1);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let t = 0; t < 80; t++) {
    const [mixed, constant] = roundOf(t, b, c, d);
    const next = (rotate(a, 5) + mixed + e + words[t]! + constant) >>> 0;
    [e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
  }
  [a, b, c, d, e].forEach((word, index) => (state[index]! += word));
}

/** §5: how three words are mixed in each quarter, and the constant that is added. */
function roundOf(t: number, b: number, c: number, d: number): [number, number] {
  if (t < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (t < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (t < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
