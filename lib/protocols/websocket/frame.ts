import type { TraceSink } from '@/lib/bytes';
import { copyMasked } from './mask';
import { newOctets } from './octet-slab';
import { traceFrame } from './trace-frame';

/** A frame as it is sent: `payload` is never masked here, and `mask` is the key that masks it on the wire. */
export type FrameInput = {
  fin: boolean;
  rsv1?: boolean;
  rsv2?: boolean;
  rsv3?: boolean;
  /** 0 to 15. */
  opcode: number;
  /** Four octets; a client must have one, a server must not (§5.1). */
  mask?: Uint8Array | undefined;
  payload: Uint8Array;
};

/** A frame as it was read, unmasked. */
export type Frame = Required<Omit<FrameInput, 'mask'>> & Pick<FrameInput, 'mask'>;

/** Bits of the payload length: in the second octet, or in 16 or 64 bits after it. */
export type LengthForm = 7 | 16 | 64;

/** The shortest form that can hold a length, which is the only one allowed (§5.2). */
export function lengthFormOf(payloadLength: number): LengthForm {
  if (payloadLength <= 125) return 7;
  return payloadLength <= 0xffff ? 16 : 64;
}

const EXTENDED_OCTETS: Record<LengthForm, number> = { 7: 0, 16: 2, 64: 8 };
const LENGTH_FIELD = { 16: 126, 64: 127 } as const;

/** Octets before the payload: 2 to 14. */
export function headerLengthOf(payloadLength: number, masked: boolean, form?: LengthForm): number {
  return 2 + EXTENDED_OCTETS[form ?? lengthFormOf(payloadLength)] + (masked ? 4 : 0);
}

/**
 * A frame to octets (RFC 6455 §5.2):
 *
 *     |F|R|R|R| opcode|M| payload len |  extended length, 16 or 64 bits |
 *     |I|S|S|S|  (4)  |A|     (7)     |  if payload len is 126 or 127   |
 *     |N|V|V|V|       |S|             |                                 |
 *     | |1|2|3|       |K|             |  masking key, 32 bits, if MASK  |
 *     |                          payload                                |
 *
 * It writes what it is told, a forbidden frame too, for that is how a reader is tested; `lengthForm` forces a longer
 * form of the length than is allowed. The payload is copied, never changed.
 * @throws RangeError for an opcode, a key or a length that has no place in the format
 */
export function encodeFrame(
  frame: FrameInput,
  options?: { lengthForm?: LengthForm | undefined },
  trace?: TraceSink,
): Uint8Array {
  const { payload, mask, opcode } = frame;
  if (!(opcode >= 0 && opcode <= 15)) throw new RangeError(`opcode ${opcode} does not fit in 4 bits`);
  if (mask && mask.length !== 4) throw new RangeError(`a masking key has 4 octets, not ${mask.length}`);
  const { length } = payload;
  const form = options?.lengthForm ?? lengthFormOf(length);
  if (form < lengthFormOf(length)) throw new RangeError(`${length} does not fit in ${form} bits`);

  const headerLength = headerLengthOf(length, mask !== undefined, form);
  const octets = newOctets(headerLength + length);
  octets[0] =
    (frame.fin ? 0b1000_0000 : 0) |
    (frame.rsv1 ? 0b0100_0000 : 0) |
    (frame.rsv2 ? 0b0010_0000 : 0) |
    (frame.rsv3 ? 0b0001_0000 : 0) |
    opcode;
  octets[1] = (mask ? 0b1000_0000 : 0) | (form === 7 ? length : LENGTH_FIELD[form]);
  writeLength(octets, 2, EXTENDED_OCTETS[form], length);
  if (mask) for (let i = 0; i < 4; i++) octets[headerLength - 4 + i] = mask[i]!;
  copyMasked(octets, headerLength, payload, 0, length, mask);
  if (trace) traceFrame(trace, octets, headerLength, payload);
  return octets;
}

/** In network order; a length is at most 2^53 - 1, so the top octets of eight may be divided out. */
function writeLength(octets: Uint8Array, at: number, count: number, length: number): void {
  for (let i = at + count - 1, rest = length; i >= at; i--) {
    octets[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}
