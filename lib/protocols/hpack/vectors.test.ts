import { expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import {
  decodeInteger,
  encodeInteger,
  fieldSize,
  FIRST_DYNAMIC_INDEX,
  HpackDecoder,
  HpackEncoder,
  HUFFMAN_CODE_LENGTHS,
  HUFFMAN_CODES,
  STATIC_TABLE,
} from '.';
import {
  fieldsOf,
  isAbsent,
  pairsOf,
  readAppendixC,
  readHuffmanCode,
  readStaticTable,
  readStories,
  type AppendixBlock,
} from './vectors.fixture';

if (isAbsent) console.warn('skipped: ../shared/vectors/hpack is not here');

test.skipIf(isAbsent)('RFC 7541 Appendix A: the static table', () => {
  const entries = STATIC_TABLE.map((entry, i) => ({ index: i + 1, ...entry }));
  expect(entries).toEqual(readStaticTable());
});

test.skipIf(isAbsent)('RFC 7541 Appendix B: the Huffman code', () => {
  const code = readHuffmanCode();
  expect(code).toHaveLength(257);
  for (const { symbol, bits, length } of code) {
    expect(HUFFMAN_CODE_LENGTHS[symbol]).toBe(length);
    expect(HUFFMAN_CODES[symbol]!.toString(2).padStart(length, '0')).toBe(bits);
  }
});

test.skipIf(isAbsent)('RFC 7541 C.1: integers', () => {
  for (const { value, prefix, hex } of readAppendixC().integers) {
    expect(toHex(encodeInteger(value, prefix))).toBe(hex);
    expect(decodeInteger(fromHex(hex), 0, prefix)).toEqual({ value, next: hex.length / 2 });
  }
});

function expectTable(decoder: HpackDecoder | HpackEncoder, { dynamicTable, tableSize }: AppendixBlock): void {
  const entries = decoder.table.map((field, i) => {
    return { index: FIRST_DYNAMIC_INDEX + i, size: fieldSize(field), name: field.name, value: field.value };
  });
  expect(entries).toEqual(dynamicTable);
  expect(decoder.tableSize).toBe(tableSize);
}

test.skipIf(isAbsent)('RFC 7541 C.2: single fields, with the table after each', () => {
  for (const block of readAppendixC().single) {
    const decoder = new HpackDecoder();
    expect(pairsOf(decoder.decode(fromHex(block.wire)))).toEqual(block.headers);
    expectTable(decoder, block);
  }
});

test.skipIf(isAbsent)('RFC 7541 C.3 to C.6: series decode, with the table after each block', () => {
  for (const { headerTableSize, cases } of readAppendixC().series) {
    const decoder = new HpackDecoder({ maxTableSize: headerTableSize });
    for (const block of cases) {
      expect(pairsOf(decoder.decode(fromHex(block.wire))), block.section).toEqual(block.headers);
      expectTable(decoder, block);
    }
  }
});

test.skipIf(isAbsent)('RFC 7541 C.3 to C.6: the encoder writes the same octets', () => {
  for (const { headerTableSize, huffman, cases } of readAppendixC().series) {
    const encoder = new HpackEncoder({
      maxTableSize: headerTableSize,
      huffman: huffman ? 'always' : 'never',
    });
    for (const block of cases) {
      expect(toHex(encoder.encode(fieldsOf(block.headers))), block.section).toBe(block.wire);
      expectTable(encoder, block);
    }
  }
});

test.skipIf(isAbsent)('stories: what other encoders wrote reads as the lists that they were given', () => {
  let blocks = 0;
  for (const { id, lists, blocks: written } of readStories()) {
    for (const { encoder, wires } of written) {
      const decoder = new HpackDecoder();
      wires.forEach(({ block, tableSize }, i) => {
        if (tableSize !== undefined) decoder.setMaxTableSize(tableSize);
        expect(pairsOf(decoder.decode(block)), `${encoder} ${id} ${i}`).toEqual(pairsOf(lists[i] ?? []));
        blocks++;
      });
    }
  }
  expect(blocks).toBe(2 * 3384);
});

test.skipIf(isAbsent)('stories: our blocks read back, in no more octets than python-hpack takes', () => {
  let octets = 0;
  for (const { id, lists } of readStories()) {
    const encoder = new HpackEncoder();
    const decoder = new HpackDecoder();
    for (const list of lists) {
      const block = encoder.encode(list);
      octets += block.length;
      expect(decoder.decode(block), id).toEqual(list);
      expect(decoder.table).toEqual(encoder.table);
    }
  }
  // The figure is in the vectors' README: the other encoder that adds every field.
  expect(octets).toBeLessThanOrEqual(361_262);
});
