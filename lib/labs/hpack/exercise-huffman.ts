import { HUFFMAN_CODE_LENGTHS, huffmanEncode } from '@/lib/protocols/hpack';
import type { Exercise, ExerciseCheck } from '../define-lab';

/** Of RFC 7541 C.4 and C.6, and what else can go wrong: all lengths of padding, a code longer than 16 bits, nothing. */
const texts = [
  ...['www.example.com', 'no-cache', 'custom-key', '302', 'private', 'Mon, 21 Oct 2013 20:13:21 GMT'],
  ...['a', 'aa', '&', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600', '{\\}', ''],
];

const octetsOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The code lengths of RFC 7541 Appendix B, a digit of base 36 a symbol: what a learner is given. */
export const lengthsText = Array.from(HUFFMAN_CODE_LENGTHS, (length) => length.toString(36)).join('');

/** A decoder with its parts to be got wrong; bit by bit, as the learner's will be. */
function decodeWith(
  { lowFirst = false, padded = false, firstLength = 0, missing = 0 },
  bytes: readonly number[],
): string {
  const codes = new Map<string, number>();
  let code = 0;
  for (let length = 1; length <= 30; length++) {
    code *= 2;
    HUFFMAN_CODE_LENGTHS.forEach((bits, symbol) => {
      if (bits === length) codes.set((code++).toString(2).padStart(length, '0'), symbol);
    });
  }
  let bits = '';
  for (const octet of bytes) {
    const eight = octet.toString(2).padStart(8, '0');
    bits += lowFirst ? Array.from(eight).reverse().join('') : eight;
  }
  let text = '';
  let seen = '';
  for (const bit of bits.slice(firstLength, bits.length - missing)) {
    seen += bit;
    const symbol = codes.get(seen);
    if (symbol === undefined) continue;
    text += String.fromCharCode(symbol);
    seen = '';
  }
  return padded && seen !== '' ? `${text}${String.fromCharCode(Number.parseInt(seen, 2))}` : text;
}

const STARTER = `/** How many bits the code of each octet has, 0 to 255, then EOS: a digit of base 36 each (RFC 7541 Appendix B). */
const LENGTHS =
  '${lengthsText.slice(0, 96)}' +
  '${lengthsText.slice(96, 192)}' +
  '${lengthsText.slice(192)}';
`;

export const huffmanStage: Exercise['stages'][number] = {
  id: 'huffman',
  starter: `${STARTER}
/**
 * The text that these octets stand for. Codes of one length are consecutive numbers, in the order of their octets;
 * the first code of a length is the one after the last shorter code, with a 0 put behind it.
 */
export function huffmanDecode(bytes: number[]): string {
  return '';
}
`,
  solution: `${STARTER}
const codes = new Map<string, number>();
let code = 0;
for (let length = 1; length <= 30; length++) {
  code *= 2;
  [...LENGTHS].forEach((digit, symbol) => {
    if (parseInt(digit, 36) === length) codes.set((code++).toString(2).padStart(length, '0'), symbol);
  });
}

export function huffmanDecode(bytes: number[]): string {
  let text = '';
  let seen = '';
  for (const octet of bytes) {
    for (const bit of octet.toString(2).padStart(8, '0')) {
      seen += bit;
      const symbol = codes.get(seen);
      if (symbol === undefined) continue;
      text += String.fromCharCode(symbol);
      seen = '';
    }
  }
  return text;
}
`,
  checks: texts.map((text, i): ExerciseCheck => {
    return {
      id: `text-${i + 1}`,
      fn: 'huffmanDecode',
      args: [[...huffmanEncode(octetsOf(text))]],
      expected: text,
    };
  }),
  mistakes: (
    [
      ['low-bit-first', { lowFirst: true }],
      ['padding-read', { padded: true }],
      ['first-bit-skipped', { firstLength: 1 }],
      ['last-octet-lost', { missing: 8 }],
    ] as const
  ).map(([id, options]) => ({
    id,
    fn: 'huffmanDecode',
    wrong: (bytes: readonly number[]) => decodeWith(options, bytes),
  })),
  hints: 3,
};
