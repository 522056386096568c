import { toHex } from '@/lib/bytes';
import { StunError } from '../errors';
import type { AttributeCodec } from './codec';
import { expectLength } from './codec';

/** What is longer is somebody's data: its span says how much it is, and the octets are there to look at. */
const SHOWN_OCTETS = 64;

/** Octets of `min` to `max`; a view of the message when read. */
export function octetString(min: number, max = min, step = 1): AttributeCodec<Uint8Array> {
  const isRight = (length: number): boolean => length >= min && length <= max && length % step === 0;
  const expected =
    min === max ? `${min} octets` : `${min} to ${max} octets${step > 1 ? `, in ${step}s` : ''}`;
  return {
    decode(message, start, length) {
      expectLength(isRight(length), start, length, expected);
      return message.subarray(start, start + length);
    },
    write(writer, value) {
      if (!isRight(value.length)) {
        throw new StunError('STUN_FIELD_OUT_OF_RANGE', writer.length, `${value.length} octets`, expected);
      }
      writer.write(value);
    },
    trace(fields, value, octets, name) {
      fields.field(octets * 8, name, octets > SHOWN_OCTETS ? `${octets} octets` : toHex(value, ' '));
    },
  };
}
