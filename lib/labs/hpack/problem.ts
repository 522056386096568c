import type { HexError } from '@/lib/bytes';
import { FIRST_DYNAMIC_INDEX, HPACK_RULES, type HpackError } from '@/lib/protocols/hpack';
import type { MessageRef } from '@/lib/text/text';

/** What is wrong with a block: the code of the room, the octet, the rule that it breaks, and a sentence. */
export type BlockProblem = { code: string; block: number; offset: number; rule: string; text: MessageRef };

/** `entries`: how many the dynamic table holds, for what an index may be. */
export function decodeProblem(
  error: HpackError,
  octets: Uint8Array,
  block: number,
  entries: number,
): BlockProblem {
  const values = {
    block: block + 1,
    offset: error.offset,
    octet: hex(octets[error.offset]),
    last: FIRST_DYNAMIC_INDEX - 1 + entries,
    length: octets.length,
    entries,
  };
  return {
    code: error.code,
    block,
    offset: error.offset,
    rule: HPACK_RULES[error.code],
    text: { key: `problems.${error.code}`, values },
  };
}

export function hexProblem(error: HexError, block: number): BlockProblem {
  const values = { block: block + 1, character: error.offset + 1 };
  return { code: error.code, block, offset: 0, rule: '', text: { key: `problems.${error.code}`, values } };
}

export const hex = (octet: number | undefined) =>
  octet === undefined ? '' : `0x${octet.toString(16).padStart(2, '0')}`;
