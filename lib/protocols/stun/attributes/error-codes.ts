import type { ByteWriter, FieldTrace } from '@/lib/bytes';
import { StunError } from '../errors';
import type { AttributeCodec } from './codec';
import { expectLength, traceReserved, uint16At } from './codec';
import { encodeText, readText } from './texts';

/** Why a request failed (RFC 8489 §14.8): 300 to 699, and a phrase for people. */
export type ErrorCode = { code: number; reason: string };

/** 128 characters of at most four octets, and a little: RFC 8489 §14.8 says "fewer than 763 bytes". */
const MAX_REASON_OCTETS = 762;

/**
 * ERROR-CODE (RFC 8489 §14.8): the hundreds and the rest stand apart.
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |           Reserved, should be 0         |Class|     Number    |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |      Reason Phrase (variable)                                ..
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export const errorCode: AttributeCodec<ErrorCode> = {
  decode: readErrorCode,
  write(writer, value) {
    writer.bits(0, 21);
    writeErrorCode(writer, value);
  },
  trace(fields, value, octets, name, message, start) {
    traceErrorCode(traceReserved(fields, name, message, { at: start, bits: 21 }), value, octets, name);
  },
};

/** The same for one of two address families that were asked for (RFC 8656 §18.12). */
export const addressErrorCode: AttributeCodec<ErrorCode & { family: number }> = {
  decode(message, start, length) {
    const error = readErrorCode(message, start, length);
    return { family: message[start]!, ...error };
  },
  write(writer, value) {
    writer.uint8(value.family).bits(0, 13);
    writeErrorCode(writer, value);
  },
  trace(fields, value, octets, name, message, start) {
    fields.field(8, `${name}: Family`, value.family);
    traceReserved(fields, name, message, { at: start + 1, bits: 13 });
    traceErrorCode(fields, value, octets, name);
  },
};

/** The types that a 420 answer names (RFC 8489 §14.13). */
export const unknownAttributes: AttributeCodec<readonly number[]> = {
  decode(message, start, length) {
    expectLength(length % 2 === 0, start, length, 'two octets a type');
    return Array.from({ length: length / 2 }, (_, i) => uint16At(message, start + i * 2));
  },
  write(writer, types) {
    for (const type of types) writer.uint16(type);
  },
  trace(fields, types, _octets, name) {
    for (const type of types) fields.field(16, name, `0x${type.toString(16).padStart(4, '0')}`);
  },
};

function readErrorCode(message: Uint8Array, start: number, length: number): ErrorCode {
  expectLength(length >= 4, start, length, 'at least 4 octets');
  const hundreds = message[start + 2]! & 7;
  const rest = message[start + 3]!;
  if (hundreds < 3 || hundreds > 6 || rest > 99) {
    const seen = `class ${hundreds}, number ${rest}`;
    throw new StunError('STUN_ERROR_CODE_WRONG', start + 2, seen, 'class 3 to 6, number 0 to 99');
  }
  return { code: hundreds * 100 + rest, reason: readText(message, start + 4, start + length) };
}

function writeErrorCode(writer: ByteWriter, { code, reason }: ErrorCode): void {
  if (!Number.isInteger(code) || code < 300 || code > 699) {
    throw new StunError('STUN_ERROR_CODE_WRONG', writer.length, String(code), '300 to 699');
  }
  writer.bits(Math.floor(code / 100), 3).uint8(code % 100);
  writer.write(encodeText(reason, MAX_REASON_OCTETS, writer.length));
}

function traceErrorCode(fields: FieldTrace, { code, reason }: ErrorCode, octets: number, name: string): void {
  fields
    .field(3, `${name}: Class`, Math.floor(code / 100))
    .field(8, `${name}: Number`, code % 100, `${code}`)
    .field(octets * 8 - 32, `${name}: Reason Phrase`, JSON.stringify(reason));
}
