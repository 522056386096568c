import { InflateError } from '../message-assembler';
import { BitReader } from './bit-reader';
import { huffmanCodeOf, readSymbol, type HuffmanCode } from './huffman';
import {
  CODE_LENGTH_ORDER,
  DISTANCE_BASE,
  DISTANCE_EXTRA_BITS,
  END_OF_BLOCK,
  FIRST_LENGTH_SYMBOL,
  FIXED_DISTANCE_LENGTHS,
  FIXED_LITERAL_LENGTHS,
  LENGTH_BASE,
  LENGTH_EXTRA_BITS,
} from './tables';

const FIXED_LITERALS = huffmanCodeOf(FIXED_LITERAL_LENGTHS);
const FIXED_DISTANCES = huffmanCodeOf(FIXED_DISTANCE_LENGTHS);

/** Octets that grow, with the window of earlier messages before them. */
class Output {
  private octets: Uint8Array;
  private readonly windowOctets: number;
  private readonly limit: number;
  private readonly start: number;
  private length: number;

  constructor(history: Uint8Array, windowOctets: number, maxOctets: number, guess: number) {
    this.start = this.length = history.length;
    this.limit = history.length + maxOctets;
    this.windowOctets = windowOctets;
    this.octets = new Uint8Array(history.length + guess);
    this.octets.set(history);
  }

  literal(octet: number): void {
    if (this.length === this.octets.length) this.reserve(1);
    this.octets[this.length++] = octet;
  }

  append(octets: Uint8Array): void {
    this.reserve(octets.length);
    this.octets.set(octets, this.length);
    this.length += octets.length;
  }

  /** Says again what was said `distance` octets before; the two may overlap (RFC 1951 §3.2.3). */
  copy(distance: number, count: number): void {
    if (distance > this.length || distance > this.windowOctets) {
      throw new InflateError(`a distance of ${distance}, past the window`);
    }
    this.reserve(count);
    const { octets } = this;
    for (let i = 0; i < count; i++, this.length++) octets[this.length] = octets[this.length - distance]!;
  }

  finish(): { message: Uint8Array; history: Uint8Array } {
    const message = this.octets.slice(this.start, this.length);
    const history = this.octets.slice(Math.max(0, this.length - this.windowOctets), this.length);
    return { message, history };
  }

  private reserve(more: number): void {
    const wanted = this.length + more;
    if (wanted > this.limit) throw new InflateError('more than may come of it', true);
    if (wanted <= this.octets.length) return;
    const grown = new Uint8Array(Math.min(this.limit, Math.max(wanted, this.octets.length * 2)));
    grown.set(this.octets);
    this.octets = grown;
  }
}

/**
 * DEFLATE blocks to octets (RFC 1951), to the end of `blocks`: unlike in a file, a block with BFINAL does not end it,
 * for a sender may use those to flush (RFC 7692 §7.2.3.4). `history` is the window that earlier messages left; the
 * answer has the one after this.
 * @throws InflateError for octets that are no such blocks, and as soon as there would be more than `maxOctets`
 */
export function inflateBlocks(
  blocks: Uint8Array,
  history: Uint8Array,
  { windowOctets, maxOctets }: { windowOctets: number; maxOctets: number },
): { message: Uint8Array; history: Uint8Array } {
  const bits = new BitReader(blocks);
  const output = new Output(history, windowOctets, maxOctets, Math.min(maxOctets, blocks.length * 4));
  while (!bits.isAtEnd) {
    const isFinal = bits.read(1) === 1;
    const type = bits.read(2);
    if (type === 0) readStored(bits, output);
    else if (type === 1) readCompressed(bits, output, FIXED_LITERALS, FIXED_DISTANCES);
    else if (type === 2) readCompressed(bits, output, ...readCodes(bits));
    else throw new InflateError('block type 3');
    // What follows a final block begins with an octet of its own.
    if (isFinal) bits.align();
  }
  return output.finish();
}

/** RFC 1951 §3.2.4. */
function readStored(bits: BitReader, output: Output): void {
  bits.align();
  const length = bits.read(16);
  if ((bits.read(16) ^ 0xffff) !== length) throw new InflateError('a stored length without its complement');
  output.append(bits.take(length));
}

function readCompressed(
  bits: BitReader,
  output: Output,
  literals: HuffmanCode,
  distances: HuffmanCode,
): void {
  for (;;) {
    const symbol = readSymbol(bits, literals);
    if (symbol < END_OF_BLOCK) output.literal(symbol);
    else if (symbol === END_OF_BLOCK) return;
    else {
      const length = symbol - FIRST_LENGTH_SYMBOL;
      if (length >= LENGTH_BASE.length) throw new InflateError(`length symbol ${symbol}`);
      const count = LENGTH_BASE[length]! + bits.read(LENGTH_EXTRA_BITS[length]!);
      const distance = readSymbol(bits, distances);
      if (distance >= DISTANCE_BASE.length) throw new InflateError(`distance symbol ${distance}`);
      output.copy(DISTANCE_BASE[distance]! + bits.read(DISTANCE_EXTRA_BITS[distance]!), count);
    }
  }
}

/** RFC 1951 §3.2.7: a block's own two codes, their lengths run-length coded and Huffman coded. */
function readCodes(bits: BitReader): [HuffmanCode, HuffmanCode] {
  const literals = bits.read(5) + 257;
  const distances = bits.read(5) + 1;
  const used = bits.read(4) + 4;
  const orderLengths = new Uint8Array(19);
  for (const symbol of CODE_LENGTH_ORDER.slice(0, used)) orderLengths[symbol] = bits.read(3);
  const order = huffmanCodeOf(orderLengths);
  const lengths = new Uint8Array(literals + distances);
  for (let i = 0; i < lengths.length;) {
    const symbol = readSymbol(bits, order);
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    if (symbol === 16 && i === 0) throw new InflateError('a code length that repeats nothing');
    const value = symbol === 16 ? lengths[i - 1]! : 0;
    const times = symbol === 16 ? 3 + bits.read(2) : symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7);
    if (i + times > lengths.length) throw new InflateError('more code lengths than there are symbols');
    lengths.fill(value, i, i + times);
    i += times;
  }
  if (lengths[END_OF_BLOCK] === 0) throw new InflateError('a block that can have no end');
  return [huffmanCodeOf(lengths.subarray(0, literals)), huffmanCodeOf(lengths.subarray(literals))];
}
