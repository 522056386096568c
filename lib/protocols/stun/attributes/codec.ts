import type { ByteWriter, FieldTrace } from '@/lib/bytes';
import { ByteReader } from '@/lib/bytes';
import { StunError } from '../errors';

/** How one kind of attribute value is read, written and explained. Only the value: type, length and padding are the message's. */
export type AttributeCodec<V> = {
  /**
   * The value in octets `start` to `start + length` of a whole message; values that are XORed find the cookie and the
   * transaction id in its octets 4 to 19.
   */
  decode(message: Uint8Array, start: number, length: number): V;
  /** Writes the value; `pad` is the cookie and the transaction id. */
  write(writer: ByteWriter, value: V, pad: Uint8Array): void;
  /** Spans for the value's bits; names start with the attribute's. `message` and `start` are those of `decode`. */
  trace(fields: FieldTrace, value: V, octets: number, name: string, message: Uint8Array, start: number): void;
};

/** The span of bits that are sent as zero and not looked at, as they stand in octet `at` and after it. */
export function traceReserved(
  fields: FieldTrace,
  name: string,
  message: Uint8Array,
  { at, skip = 0, bits }: { at: number; skip?: number; bits: number },
): FieldTrace {
  const reader = new ByteReader(message, at);
  if (skip > 0) reader.bits(skip);
  return fields.field(bits, `${name}: Reserved`, reader.bits(bits));
}

/** Fails unless the value is as long as its RFC says. The length field stands two octets before the value. */
export function expectLength(isRight: boolean, start: number, length: number, expected: string): void {
  if (!isRight) {
    throw new StunError('STUN_ATTRIBUTE_LENGTH_WRONG', start - 2, `${length} octets`, expected);
  }
}

export function uint16At(octets: Uint8Array, at: number): number {
  return (octets[at]! << 8) | octets[at + 1]!;
}

export function uint32At(octets: Uint8Array, at: number): number {
  return uint16At(octets, at) * 0x10000 + uint16At(octets, at + 2);
}
