import { fromHex } from '@/lib/bytes';
import { HpackDecoder, STATIC_TABLE } from '@/lib/protocols/hpack';
import type { Exercise, ExerciseCheck, Json } from '../define-lab';
import { huffmanStage } from './exercise-huffman';
import { decodeLikeLearner, type Faults } from './faulty-decoder';

/** RFC 7541 Appendix C: the blocks of each section, and the size of the table that it is told with. */
const series: Record<string, { maxSize: number; blocks: readonly string[] }> = {
  'c-2-1': { maxSize: 4096, blocks: ['400a637573746f6d2d6b65790d637573746f6d2d686561646572'] },
  'c-2-2': { maxSize: 4096, blocks: ['040c2f73616d706c652f70617468'] },
  'c-2-3': { maxSize: 4096, blocks: ['100870617373776f726406736563726574'] },
  'c-2-4': { maxSize: 4096, blocks: ['82'] },
  'c-3': {
    maxSize: 4096,
    blocks: [
      '828684410f7777772e6578616d706c652e636f6d',
      '828684be58086e6f2d6361636865',
      '828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565',
    ],
  },
  'c-4': {
    maxSize: 4096,
    blocks: [
      '828684418cf1e3c2e5f23a6ba0ab90f4ff',
      '828684be5886a8eb10649cbf',
      '828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf',
    ],
  },
  'c-5': {
    maxSize: 256,
    blocks: [
      '4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d',
      '4803333037c1c0bf',
      '88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31',
    ],
  },
  'c-6': {
    maxSize: 256,
    blocks: [
      '488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3',
      '4883640effc1c0bf',
      '88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
    ],
  },
  // Not in the appendix: a table that is emptied and opened again (§4.2), then an index into it.
  'size-update': { maxSize: 4096, blocks: ['40016101624001630164', '203fe11f4001650166', 'be'] },
};

const checks = Object.entries(series).map(([id, { maxSize, blocks }]): ExerciseCheck => {
  const octets = blocks.map((hex) => fromHex(hex));
  const decoder = new HpackDecoder({ maxTableSize: maxSize });
  const expected: Json = octets.map((block) => ({
    headers: decoder.decode(block).map(({ name, value }) => [name, value]),
    tableSize: decoder.tableSize,
  }));
  return { id, fn: 'decodeBlocks', args: [octets.map((block) => [...block]), maxSize], expected };
});

const faults: readonly [id: string, faults: Faults][] = [
  ['shifted-by-61', { firstDynamic: 61 }],
  ['oldest-first', { oldestFirst: true }],
  ['no-eviction', { evicts: false }],
  ['no-overhead', { overhead: 0 }],
  ['indexes-all', { indexesAll: true }],
  ['indexes-none', { indexesNone: true }],
  ['huffman-flag', { huffman: false }],
  ['length-off-by-one', { lengthError: 1 }],
  ['prefix-width', { literalPrefix: 4 }],
  ['table-for-each-block', { keepsTable: false }],
];

const GIVEN = `${integerSolution()}
${huffmanStage.solution.replaceAll('export ', '')}
/** RFC 7541 Appendix A: \`STATIC[0]\` has index 1. */
const STATIC: [name: string, value: string][] = \`
${STATIC_TABLE.map(({ name, value }) => `${name} ${value}`.trim()).join('\n')}
\`.trim().split('\\n').map((line) => [line.split(' ')[0], line.split(' ').slice(1).join(' ')]);
`;

/** What the stage before asked for is given here, in case it was left out. */
function integerSolution(): string {
  return `function decodeInteger(bytes: number[], offset: number, prefixBits: number): { value: number; next: number } {
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
`;
}

const TYPES = `type Decoded = { headers: [name: string, value: string][]; tableSize: number };
`;

export const decoderStage: Exercise['stages'][number] = {
  id: 'decoder',
  starter: `${GIVEN}
${TYPES}
/**
 * Decodes header blocks that came one after another. \`maxSize\` is the size of the dynamic table, until an update
 * says otherwise. For each block: its fields in order, and the size of the table after it.
 */
export function decodeBlocks(blocks: number[][], maxSize: number): Decoded[] {
  return blocks.map(() => ({ headers: [], tableSize: 0 }));
}
`,
  solution: `${GIVEN}
${TYPES}
export function decodeBlocks(blocks: number[][], maxSize: number): Decoded[] {
  const table: [name: string, value: string][] = [];
  const sizeOf = ([name, value]: [string, string]) => name.length + value.length + 32;
  const tableSize = () => table.reduce((sum, entry) => sum + sizeOf(entry), 0);
  const evictTo = (size: number) => {
    while (table.length > 0 && tableSize() > size) table.pop();
  };
  const entryAt = (index: number) => (index <= 61 ? STATIC[index - 1] : table[index - 62]);

  return blocks.map((bytes) => {
    const headers: [name: string, value: string][] = [];
    let at = 0;
    const integer = (prefixBits: number) => {
      const { value, next } = decodeInteger(bytes, at, prefixBits);
      at = next;
      return value;
    };
    const string = () => {
      const isHuffman = bytes[at] >= 0x80;
      const length = integer(7);
      const data = bytes.slice(at, at + length);
      at += length;
      return isHuffman ? huffmanDecode(data) : String.fromCharCode(...data);
    };
    while (at < bytes.length) {
      const first = bytes[at];
      if (first >= 0x80) {
        headers.push(entryAt(integer(7)));
      } else if (first >= 0x20 && first < 0x40) {
        maxSize = integer(5);
        evictTo(maxSize);
      } else {
        const nameIndex = integer(first >= 0x40 ? 6 : 4);
        const name = nameIndex === 0 ? string() : entryAt(nameIndex)[0];
        const field: [string, string] = [name, string()];
        headers.push(field);
        if (first < 0x40) continue;
        evictTo(maxSize - sizeOf(field));
        if (sizeOf(field) <= maxSize) table.unshift(field);
      }
    }
    return { headers, tableSize: tableSize() };
  });
}
`,
  checks,
  mistakes: faults.map(([id, fault]) => ({
    id,
    fn: 'decodeBlocks',
    wrong: (blocks: readonly (readonly number[])[], maxSize: number) =>
      decodeLikeLearner(blocks, maxSize, fault),
  })),
  hints: 4,
};
