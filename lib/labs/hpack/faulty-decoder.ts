import {
  decodeInteger,
  FIRST_DYNAMIC_INDEX,
  huffmanDecode,
  HpackError,
  STATIC_TABLE,
} from '@/lib/protocols/hpack';

/** What a learner's decoder may get wrong; without any fault it is right. */
export type Faults = {
  firstDynamic?: number;
  oldestFirst?: boolean;
  evicts?: boolean;
  overhead?: number;
  indexesAll?: boolean;
  indexesNone?: boolean;
  huffman?: boolean;
  lengthError?: number;
  literalPrefix?: number;
  keepsTable?: boolean;
};

type Decoded = { headers: [name: string, value: string][]; tableSize: number };

/** A small decoder that a mistake can be put into. Where it runs off the rails it stops the block. */
export function decodeLikeLearner(
  blocks: readonly (readonly number[])[],
  initialMaxSize: number,
  faults: Faults,
): Decoded[] {
  const { firstDynamic = FIRST_DYNAMIC_INDEX, oldestFirst, evicts = true, overhead = 32 } = faults;
  let table: [name: string, value: string][] = [];
  let maxSize = initialMaxSize;
  const sizeOf = ([name, value]: [string, string]) => name.length + value.length + overhead;
  const tableSize = () => table.reduce((sum, entry) => sum + sizeOf(entry), 0);
  const evictTo = (size: number) => {
    while (evicts && table.length > 0 && tableSize() > size) {
      if (oldestFirst) table.shift();
      else table.pop();
    }
  };
  const entryAt = (index: number): [string, string] => {
    const fixed = index < firstDynamic ? STATIC_TABLE[index - 1] : undefined;
    return fixed ? [fixed.name, fixed.value] : (table[index - firstDynamic] ?? ['', '']);
  };
  return blocks.map((block) => {
    if (faults.keepsTable === false) table = [];
    const headers: [string, string][] = [];
    const bytes = Uint8Array.from(block);
    let at = 0;
    const integer = (prefixBits: number) => {
      const { value, next } = decodeInteger(bytes, at, prefixBits);
      at = next;
      return value;
    };
    const string = () => {
      const isHuffman = (bytes[at] ?? 0) >= 0x80 && faults.huffman !== false;
      const data = bytes.slice(at + 1, at + 1 + integer(7) + (faults.lengthError ?? 0));
      at += data.length;
      return String.fromCharCode(...(isHuffman ? huffmanDecode(data) : data));
    };
    try {
      while (at < bytes.length) {
        const first = bytes[at] ?? 0;
        if (first >= 0x80) headers.push(entryAt(integer(7)));
        else if (first >= 0x20 && first < 0x40) evictTo((maxSize = integer(5)));
        else {
          const nameIndex = integer(first >= 0x40 ? (faults.literalPrefix ?? 6) : 4);
          const name = nameIndex === 0 ? string() : entryAt(nameIndex)[0];
          const field: [string, string] = [name, string()];
          headers.push(field);
          if (faults.indexesNone || (first < 0x40 && !faults.indexesAll)) continue;
          evictTo(maxSize - sizeOf(field));
          if (evicts && sizeOf(field) > maxSize) continue;
          if (oldestFirst) table.push(field);
          else table.unshift(field);
        }
      }
    } catch (error) {
      if (!(error instanceof HpackError)) throw error;
    }
    return { headers, tableSize: tableSize() };
  });
}
