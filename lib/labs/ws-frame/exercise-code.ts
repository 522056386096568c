export const maskStarter = `/** XORs each octet of the payload with the octet of the key (four of them) that is its turn. */
export function applyMask(payload: number[], key: number[]): number[] {
  return payload;
}
`;

export const maskSolution = `export function applyMask(payload: number[], key: number[]): number[] {
  return payload.map((octet, i) => octet ^ key[i % 4]);
}
`;

export const lengthStarter = `/**
 * A payload's length as it stands in a frame: the second octet, with MASK 0, and what follows it.
 * At most 2 ** 53 - 1.
 */
export function encodeLength(length: number): number[] {
  return [length];
}
`;

export const lengthSolution = `export function encodeLength(length: number): number[] {
  if (length <= 125) return [length];
  const octets = length <= 0xffff ? 2 : 8;
  const digits: number[] = [];
  for (let i = 0, rest = length; i < octets; i++) {
    digits.unshift(rest % 256);
    rest = Math.floor(rest / 256);
  }
  return [octets === 2 ? 126 : 127, ...digits];
}
`;

export const encodeStarter = `type Frame = { fin: boolean; opcode: number; mask: number[] | null; payload: number[] };

/** The frame's octets: two of header, more for a long length, four for the key if there is one, the payload. */
export function encodeFrame({ fin, opcode, mask, payload }: Frame): number[] {
  return [0x81, payload.length, ...payload];
}
`;

export const encodeSolution = `type Frame = { fin: boolean; opcode: number; mask: number[] | null; payload: number[] };

export function encodeFrame({ fin, opcode, mask, payload }: Frame): number[] {
  const octets = [(fin ? 0x80 : 0) | opcode];
  const maskBit = mask ? 0x80 : 0;
  const length = payload.length;
  if (length <= 125) octets.push(maskBit | length);
  else if (length <= 0xffff) octets.push(maskBit | 126, length >> 8, length & 0xff);
  else {
    octets.push(maskBit | 127, 0, 0, 0, 0);
    for (let shift = 24; shift >= 0; shift -= 8) octets.push((length >> shift) & 0xff);
  }
  if (!mask) return [...octets, ...payload];
  return [...octets, ...mask, ...payload.map((octet, i) => octet ^ mask[i % 4])];
}
`;

export const readStarter = `type Frame = { fin: boolean; opcode: number; payload: number[]; octets: number };

/**
 * Called again each time an octet comes, with all that have come so far.
 * null: the frame is not whole yet. Else the first frame, unmasked, and of how many octets it was made.
 */
export function readFrame(soFar: number[]): Frame | null {
  return null;
}
`;

export const readSolution = `type Frame = { fin: boolean; opcode: number; payload: number[]; octets: number };

export function readFrame(soFar: number[]): Frame | null {
  if (soFar.length < 2) return null;
  let length = soFar[1] & 0x7f;
  let at = 2;
  const extended = length === 126 ? 2 : length === 127 ? 8 : 0;
  if (extended > 0) {
    if (soFar.length < at + extended) return null;
    length = 0;
    for (let i = 0; i < extended; i++) length = length * 256 + soFar[at++];
  }
  const isMasked = soFar[1] >= 0x80;
  const key = soFar.slice(at, at + 4);
  if (isMasked) at += 4;
  if (soFar.length < at + length) return null;
  const payload = soFar.slice(at, at + length).map((octet, i) => (isMasked ? octet ^ key[i % 4] : octet));
  return { fin: soFar[0] >= 0x80, opcode: soFar[0] & 0x0f, payload, octets: at + length };
}
`;
