import { StunError } from './errors';
import type { StunClass } from './message';
import { STUN_CLASSES } from './message';
import type { MethodName } from './registry';
import { STUN_METHODS } from './registry';

const NAMES = new Map<number, MethodName>(STUN_METHODS.map(([number, name]) => [number, name]));
const NUMBERS = new Map<string, number>(STUN_METHODS.map(([number, name]) => [name, number]));

/** The number of a method: a name's from the registry, a number as it is. @throws StunError STUN_FIELD_OUT_OF_RANGE */
export function methodNumber(method: MethodName | number): number {
  const number = typeof method === 'number' ? method : (NUMBERS.get(method) ?? -1);
  if (Number.isInteger(number) && number >= 0 && number <= 0xfff) return number;
  throw new StunError('STUN_FIELD_OUT_OF_RANGE', 0, `method ${method}`, '0 to 4095');
}

/**
 * The 14 bits after the two zeros (RFC 8489 §5, Figure 3). The class sits between the method's bits, because the first
 * STUN knew a method's request, response and error response as three types:
 *
 *      0                 1
 *      2  3  4  5  6  7  8  9  0  1  2  3  4  5
 *     +--+--+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |M |M |M|M|M|C|M|M|M|C|M|M|M|M|
 *     |11|10|9|8|7|1|6|5|4|0|3|2|1|0|
 *     +--+--+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export function encodeMessageType(messageClass: StunClass, method: MethodName | number): number {
  const m = methodNumber(method);
  const c = STUN_CLASSES.indexOf(messageClass);
  return ((m & 0xf80) << 2) | ((c & 2) << 7) | ((m & 0x070) << 1) | ((c & 1) << 4) | (m & 0x00f);
}

/** The reverse. */
export function decodeMessageType(type: number): { class: StunClass; method: MethodName | number } {
  const method = ((type >>> 2) & 0xf80) | ((type >>> 1) & 0x070) | (type & 0x00f);
  const c = ((type >>> 7) & 2) | ((type >>> 4) & 1);
  return { class: STUN_CLASSES[c]!, method: NAMES.get(method) ?? method };
}
