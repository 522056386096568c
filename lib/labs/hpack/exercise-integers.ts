import { decodeInteger, encodeInteger } from '@/lib/protocols/hpack';
import type { Exercise, ExerciseCheck } from '../define-lab';

type Stage = Exercise['stages'][number];

/** RFC 7541 C.1 first; then the edges of the prefix and the flags beside it. */
const numbers: [id: string, value: number, prefixBits: number, flags: number][] = [
  ['c-1-1', 10, 5, 0],
  ['c-1-2', 1337, 5, 0],
  ['c-1-3', 42, 8, 0],
  ['largest-in-prefix', 30, 5, 0],
  ['prefix-full', 31, 5, 0],
  ['index-62', 62, 7, 0x80],
  ['one-group-full', 31 + 127, 5, 0x20],
  ['two-groups', 31 + 128, 5, 0x20],
  ['table-of-4096', 4096, 5, 0x20],
];

const encode = (value: number, prefixBits: number, flags: number) => [
  ...encodeInteger(value, prefixBits, flags),
];

/** An encoder with its parts to be got wrong. */
function encodeWith(
  { bits = 7, reverse = false, edge = 0, keepsValue = false, flagged = true, ended = true },
  value: number,
  prefixBits: number,
  flags: number,
): number[] {
  const full = 2 ** prefixBits - 1;
  const first = flagged ? flags : 0;
  if (value < full + edge) return [first | value];
  let rest = keepsValue ? value : value - full;
  const groups: number[] = [];
  const step = 2 ** bits;
  for (; rest >= step; rest = Math.floor(rest / step)) groups.push((rest % step) | (ended ? 0x80 : 0));
  groups.push(rest);
  if (reverse) groups.reverse();
  return [first | full, ...groups];
}

const encodeMistakes: Stage['mistakes'] = (
  [
    ['endian-swap', { reverse: true }],
    ['prefix-width', { edge: 1 }],
    ['not-subtracted', { keepsValue: true }],
    ['no-flags', { flagged: false }],
    ['no-continuation-bit', { ended: false }],
    ['eight-bit-groups', { bits: 8 }],
  ] as const
).map(([id, options]) => ({
  id,
  fn: 'encodeInteger',
  wrong: (value: number, prefixBits: number, flags: number) => encodeWith(options, value, prefixBits, flags),
}));

const encodeChecks = numbers.map(([id, value, prefixBits, flags]): ExerciseCheck => {
  return {
    id,
    fn: 'encodeInteger',
    args: [value, prefixBits, flags],
    expected: encode(value, prefixBits, flags),
  };
});

/** The same integers inside something longer, as a block has them. */
const decodeChecks = numbers.map(([id, value, prefixBits, flags], i): ExerciseCheck => {
  const before = i % 3;
  const bytes = [...Array<number>(before).fill(0x82), ...encode(value, prefixBits, flags), 0x84];
  return {
    id,
    fn: 'decodeInteger',
    args: [bytes, before, prefixBits],
    expected: decodeInteger(Uint8Array.from(bytes), before, prefixBits),
  };
});

/** A decoder with its parts to be got wrong. */
function decodeWith(
  { masked = true, wider = 0, bigEndian = false, adds = true, after = 1, groupBits = 7 },
  bytes: readonly number[],
  offset: number,
  prefixBits: number,
): { value: number; next: number } {
  const full = 2 ** (prefixBits + wider) - 1;
  let value = masked ? (bytes[offset] ?? 0) & full : (bytes[offset] ?? 0);
  let next = offset;
  if (value === full) {
    if (!adds) value = 0;
    let rest = 0;
    for (let group = 0; ; group++) {
      const octet = bytes[++next] ?? 0;
      rest = bigEndian ? rest * 128 + (octet & 0x7f) : rest + (octet & 0x7f) * 2 ** (groupBits * group);
      if (octet < 0x80) break;
    }
    value += rest;
  }
  return { value, next: next + after };
}

const decodeMistakes: Stage['mistakes'] = (
  [
    ['endian-swap', { bigEndian: true }],
    ['prefix-width', { wider: -1 }],
    ['not-masked', { masked: false }],
    ['not-added', { adds: false }],
    ['next-off-by-one', { after: 0 }],
    ['eight-bit-groups', { groupBits: 8 }],
  ] as const
).map(([id, options]) => ({
  id,
  fn: 'decodeInteger',
  wrong: (bytes: readonly number[], offset: number, prefixBits: number) =>
    decodeWith(options, bytes, offset, prefixBits),
}));

export const integerStages: readonly Stage[] = [
  {
    id: 'encode-integer',
    starter: `/**
 * The octets of an integer whose first \`prefixBits\` bits stand beside \`flags\` in the first octet.
 * encodeInteger(10, 5, 0) is [10].
 */
export function encodeInteger(value: number, prefixBits: number, flags: number): number[] {
  return [];
}
`,
    solution: `export function encodeInteger(value: number, prefixBits: number, flags: number): number[] {
  const full = 2 ** prefixBits - 1;
  if (value < full) return [flags | value];
  const octets = [flags | full];
  let rest = value - full;
  while (rest >= 128) {
    octets.push((rest % 128) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return [...octets, rest];
}
`,
    checks: encodeChecks,
    mistakes: encodeMistakes,
    hints: 3,
  },
  {
    id: 'decode-integer',
    starter: `/** The integer at \`offset\`, and where the next octet after it is. */
export function decodeInteger(bytes: number[], offset: number, prefixBits: number): { value: number; next: number } {
  return { value: 0, next: offset + 1 };
}
`,
    solution: `export function decodeInteger(bytes: number[], offset: number, prefixBits: number): { value: number; next: number } {
  const full = 2 ** prefixBits - 1;
  let value = bytes[offset] & full;
  let next = offset + 1;
  if (value < full) return { value, next };
  for (let weight = 1; ; weight *= 128) {
    const octet = bytes[next++];
    value += (octet & 0x7f) * weight;
    if (octet < 0x80) return { value, next };
  }
}
`,
    checks: decodeChecks,
    mistakes: decodeMistakes,
    hints: 3,
  },
];
