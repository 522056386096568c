/** Octets one after another. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Whether both hold the same octets. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}

/** An unsigned number of `octets` octets that starts at `at`; those past the end count as zeros, so look first. */
export function uintAt(bytes: Uint8Array, at: number, octets: number): number {
  let value = 0;
  for (let i = at; i < at + octets; i++) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

/** Writes an unsigned number of up to 53 bits into `octets` octets from `at`. */
export function setUint(bytes: Uint8Array, at: number, octets: number, value: number): void {
  for (let i = at + octets - 1, rest = value; i >= at; i--, rest = Math.floor(rest / 256))
    bytes[i] = rest % 256;
}

/** A number from 0 to `most`. */
export function isUint(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}
