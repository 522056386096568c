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
