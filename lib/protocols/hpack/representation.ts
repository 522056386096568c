import { assertOctets } from './header-field';
import { decodeInteger, writeInteger } from './integer';
import { OctetWriter } from './octet-writer';
import { findString, readString, writeString, type HuffmanUse } from './string-literal';

/** What becomes of a literal field: added to the table, left out of it this time, or left out by everyone for ever. */
export type Indexing = 'incremental' | 'without' | 'never';

/**
 * What a header block is made of (RFC 7541 §6): read without any table, so an index is only a number here.
 * `nameIndex` 0: the name is a literal as well, in `name` (otherwise empty).
 */
export type Representation =
  | { kind: 'indexed'; index: number }
  | { kind: 'literal'; indexing: Indexing; nameIndex: number; name: string; value: string }
  | { kind: 'size-update'; maxSize: number };

/** A representation and where it stands in its block, in octets. */
export type LocatedRepresentation = { start: number; end: number; representation: Representation };

/**
 * The first bits that tell representations apart, and the prefix that is left for the integer:
 *
 *     1 .......   indexed field                            §6.1
 *     01 ......   literal with incremental indexing        §6.2.1
 *     001 .....   dynamic table size update                §6.3
 *     0001 ....   literal never indexed                    §6.2.3
 *     0000 ....   literal without indexing                 §6.2.2
 */
export const PATTERNS = {
  indexed: { flags: 0b1000_0000, prefixBits: 7, ref: 'RFC 7541 §6.1' },
  incremental: { flags: 0b0100_0000, prefixBits: 6, ref: 'RFC 7541 §6.2.1' },
  'size-update': { flags: 0b0010_0000, prefixBits: 5, ref: 'RFC 7541 §6.3' },
  never: { flags: 0b0001_0000, prefixBits: 4, ref: 'RFC 7541 §6.2.3' },
  without: { flags: 0b0000_0000, prefixBits: 4, ref: 'RFC 7541 §6.2.2' },
} as const;

/** Which of the five an octet begins. */
export function patternOf(octet: number): keyof typeof PATTERNS {
  if (octet >= 0x80) return 'indexed';
  if (octet >= 0x40) return 'incremental';
  if (octet >= 0x20) return 'size-update';
  return octet >= 0x10 ? 'never' : 'without';
}

/** Reads the representation that starts at `start`. @throws HpackError HPACK_INTEGER_*, HPACK_STRING_*, HPACK_HUFFMAN_* */
export function decodeRepresentation(bytes: Uint8Array, start: number): LocatedRepresentation {
  const pattern = patternOf(bytes[start]!);
  const { value: number, next } = decodeInteger(bytes, start, PATTERNS[pattern].prefixBits);
  if (pattern === 'indexed') return { start, end: next, representation: { kind: 'indexed', index: number } };
  if (pattern === 'size-update')
    return { start, end: next, representation: { kind: 'size-update', maxSize: number } };
  let at = next;
  let name = '';
  if (number === 0) {
    const layout = findString(bytes, at);
    name = readString(bytes, layout);
    at = layout.end;
  }
  const layout = findString(bytes, at);
  const value = readString(bytes, layout);
  return {
    start,
    end: layout.end,
    representation: { kind: 'literal', indexing: pattern, nameIndex: number, name, value },
  };
}

/** All representations of a block, in order. @throws HpackError as decodeRepresentation */
export function decodeRepresentations(block: Uint8Array): LocatedRepresentation[] {
  const found: LocatedRepresentation[] = [];
  for (let at = 0; at < block.length; at = found.at(-1)!.end) found.push(decodeRepresentation(block, at));
  return found;
}

/** The octets of one representation. @throws RangeError on an index, a size or a character that cannot be written */
export function encodeRepresentation(
  representation: Representation,
  huffman: HuffmanUse = 'auto',
): Uint8Array {
  if (representation.kind === 'literal') assertOctets(representation);
  const octets = new OctetWriter();
  writeRepresentation(octets, representation, huffman);
  return octets.finish();
}

/** The same, at the end of `octets`. */
export function writeRepresentation(
  octets: OctetWriter,
  representation: Representation,
  huffman: HuffmanUse,
): void {
  if (representation.kind === 'indexed') {
    const { flags, prefixBits } = PATTERNS.indexed;
    writeInteger(octets, representation.index, prefixBits, flags);
  } else if (representation.kind === 'size-update') {
    const { flags, prefixBits } = PATTERNS['size-update'];
    writeInteger(octets, representation.maxSize, prefixBits, flags);
  } else {
    const { flags, prefixBits } = PATTERNS[representation.indexing];
    writeInteger(octets, representation.nameIndex, prefixBits, flags);
    if (representation.nameIndex === 0) writeString(octets, representation.name, huffman);
    writeString(octets, representation.value, huffman);
  }
}
