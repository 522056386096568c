const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];

/** A quarter round on four words of the state (RFC 8439 §2.1). */
function quarterRound(state: Uint32Array, a: number, b: number, c: number, d: number): void {
  const step = (sum: number, term: number, mixed: number, bits: number) => {
    state[sum] = state[sum]! + state[term]!;
    const word = state[mixed]! ^ state[sum];
    state[mixed] = (word << bits) | (word >>> (32 - bits));
  };
  step(a, b, d, 16);
  step(c, d, b, 12);
  step(a, b, d, 8);
  step(c, d, b, 7);
}

/** 64 octets of key stream (RFC 8439 §2.3), for a key of 32 octets and a nonce of 12. */
function chacha20Block(key: DataView, counter: number, nonce: DataView): Uint8Array {
  const start = new Uint32Array(16);
  start.set(CONSTANTS);
  for (let i = 0; i < 8; i++) start[4 + i] = key.getUint32(i * 4, true);
  start[12] = counter;
  for (let i = 0; i < 3; i++) start[13 + i] = nonce.getUint32(i * 4, true);
  const state = start.slice();
  for (let i = 0; i < 10; i++) {
    for (let column = 0; column < 4; column++)
      quarterRound(state, column, column + 4, column + 8, column + 12);
    for (let diagonal = 0; diagonal < 4; diagonal++)
      quarterRound(
        state,
        diagonal,
        4 + ((diagonal + 1) % 4),
        8 + ((diagonal + 2) % 4),
        12 + ((diagonal + 3) % 4),
      );
  }
  const block = new DataView(new ArrayBuffer(64));
  for (let i = 0; i < 16; i++) block.setUint32(i * 4, state[i]! + start[i]!, true);
  return new Uint8Array(block.buffer);
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

/** ChaCha20 over octets, from a block counter on (RFC 8439 §2.4); being XOR, it is its own inverse. */
export function chacha20(
  key: Uint8Array,
  counter: number,
  nonce: Uint8Array,
  octets: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const [keyView, nonceView] = [viewOf(key), viewOf(nonce)];
  const out = Uint8Array.from(octets);
  for (let at = 0; at < out.length; at += 64) {
    const block = chacha20Block(keyView, counter + at / 64, nonceView);
    for (let i = 0; i < 64 && at + i < out.length; i++) out[at + i] = out[at + i]! ^ block[i]!;
  }
  return out;
}
