import { BitWriter } from './bit-writer';
import {
  DISTANCE_BASE,
  DISTANCE_EXTRA_BITS,
  END_OF_BLOCK,
  FIRST_LENGTH_SYMBOL,
  LENGTH_BASE,
  LENGTH_EXTRA_BITS,
} from './tables';

const SHORTEST_MATCH = 3;
const LONGEST_MATCH = 258;
/** How many earlier places with the same beginning are looked at; more finds a little more and costs time. */
const MOST_PLACES = 32;
const HASH_BITS = 14;

/**
 * Octets to one DEFLATE block with the fixed code and an empty stored one, which ends on a whole octet (RFC 1951
 * §3.2.6, RFC 7692 §7.2.1). What was said within the last `windowOctets`, in `history` too, is said by its distance.
 */
export function deflateBlock(message: Uint8Array, history: Uint8Array, windowOctets: number): Uint8Array {
  const octets = new Uint8Array(history.length + message.length);
  octets.set(history);
  octets.set(message, history.length);
  const places = new Places(octets, windowOctets);
  const bits = new BitWriter(message.length);
  bits.write(0b01_0, 3);
  for (let i = 0; i < history.length; i++) places.remember(i);
  for (let at = history.length; at < octets.length;) {
    const { length, distance } = places.longestMatch(at);
    const count = length >= SHORTEST_MATCH ? length : 1;
    if (count === 1) writeLiteral(bits, octets[at]!);
    else writeMatch(bits, length, distance);
    for (let i = at; i < at + count; i++) places.remember(i);
    at += count;
  }
  writeLiteral(bits, END_OF_BLOCK);
  bits.write(0b00_0, 3);
  bits.align();
  return bits.append(Uint8Array.of(0x00, 0x00, 0xff, 0xff)).finish();
}

/** Where each three octets were seen before: a chain of places for each hash, the latest first. */
class Places {
  private readonly octets: Uint8Array;
  private readonly windowOctets: number;
  private readonly latest = new Int32Array(1 << HASH_BITS).fill(-1);
  private readonly before: Int32Array;

  constructor(octets: Uint8Array, windowOctets: number) {
    this.octets = octets;
    this.windowOctets = windowOctets;
    this.before = new Int32Array(octets.length);
  }

  remember(at: number): void {
    if (at + SHORTEST_MATCH > this.octets.length) return;
    const hash = this.hashAt(at);
    this.before[at] = this.latest[hash]!;
    this.latest[hash] = at;
  }

  longestMatch(at: number): { length: number; distance: number } {
    const { octets } = this;
    const most = Math.min(LONGEST_MATCH, octets.length - at);
    let length = 0;
    let distance = 0;
    if (most < SHORTEST_MATCH) return { length, distance };
    let place = this.latest[this.hashAt(at)]!;
    for (let tries = 0; place >= 0 && at - place <= this.windowOctets && tries < MOST_PLACES; tries++) {
      let same = 0;
      while (same < most && octets[place + same] === octets[at + same]) same++;
      if (same > length) {
        length = same;
        distance = at - place;
      }
      place = this.before[place]!;
    }
    return { length, distance };
  }

  private hashAt(at: number): number {
    const { octets } = this;
    const three = octets[at]! | (octets[at + 1]! << 8) | (octets[at + 2]! << 16);
    return Math.imul(three, 0x9e3779b1) >>> (32 - HASH_BITS);
  }
}

/** RFC 1951 §3.2.6: 8 bits up to 143, 9 up to 255, 7 up to 279, 8 beyond. */
function writeLiteral(bits: BitWriter, symbol: number): void {
  if (symbol < 144) bits.writeCode(0b0011_0000 + symbol, 8);
  else if (symbol < 256) bits.writeCode(0b1_1001_0000 + (symbol - 144), 9);
  else if (symbol < 280) bits.writeCode(symbol - 256, 7);
  else bits.writeCode(0b1100_0000 + (symbol - 280), 8);
}

function writeMatch(bits: BitWriter, length: number, distance: number): void {
  const lengthIndex = lastAtMost(LENGTH_BASE, length);
  writeLiteral(bits, FIRST_LENGTH_SYMBOL + lengthIndex);
  bits.write(length - LENGTH_BASE[lengthIndex]!, LENGTH_EXTRA_BITS[lengthIndex]!);
  const distanceIndex = lastAtMost(DISTANCE_BASE, distance);
  bits.writeCode(distanceIndex, 5);
  bits.write(distance - DISTANCE_BASE[distanceIndex]!, DISTANCE_EXTRA_BITS[distanceIndex]!);
}

function lastAtMost(bases: Uint16Array, value: number): number {
  let index = bases.length - 1;
  while (bases[index]! > value) index--;
  return index;
}
