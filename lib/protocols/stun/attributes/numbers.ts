import type { ByteWriter } from '@/lib/bytes';
import { StunError } from '../errors';
import type { AttributeCodec } from './codec';
import { expectLength, traceReserved, uint16At, uint32At } from './codec';

/** 32 bits, as PRIORITY and LIFETIME have them. */
export const uint32: AttributeCodec<number> = {
  decode(message, start, length) {
    expectLength(length === 4, start, length, '4 octets');
    return uint32At(message, start);
  },
  write: (writer, value) => void writer.uint32(checked(writer, value, 32)),
  trace: (fields, value, octets, name) => fields.field(octets * 8, name, value),
};

/** The 64 bits of ICE's tie-breaker, more than a number holds. */
export const uint64: AttributeCodec<bigint> = {
  decode(message, start, length) {
    expectLength(length === 8, start, length, '8 octets');
    return (BigInt(uint32At(message, start)) << 32n) | BigInt(uint32At(message, start + 4));
  },
  write(writer, value) {
    if (value < 0n || value >= 1n << 64n) {
      throw new StunError('STUN_FIELD_OUT_OF_RANGE', writer.length, String(value), '64 bits');
    }
    writer.uint32(Number(value >> 32n)).uint32(Number(value & 0xffffffffn));
  },
  trace: (fields, value, octets, name) => fields.field(octets * 8, name, String(value)),
};

/** The first 8 or 16 of 32 bits; the rest is reserved: sent as zero, not looked at (RFFU, RFC 8656 §18). */
export function leading(bits: 8 | 16, describe: (value: number) => string = String): AttributeCodec<number> {
  return {
    decode(message, start, length) {
      expectLength(length === 4, start, length, '4 octets');
      return bits === 8 ? message[start]! : uint16At(message, start);
    },
    write: (writer, value) => void writer.bits(checked(writer, value, bits), bits).bits(0, 32 - bits),
    trace(fields, value, _octets, name, message, start) {
      fields.field(bits, name, describe(value));
      traceReserved(fields, name, message, { at: start, skip: bits, bits: 32 - bits });
    },
  };
}

/** No value: being there is what it says. */
export const flag: AttributeCodec<true> = {
  decode(_message, start, length) {
    expectLength(length === 0, start, length, 'no octets');
    return true;
  },
  write: () => undefined,
  trace: () => undefined,
};

/** Reserve the port above as well? One octet of which the first bit counts (RFC 8656 §18.7). */
export const evenPort: AttributeCodec<{ reserveNext: boolean }> = {
  decode(message, start, length) {
    expectLength(length === 1, start, length, '1 octet');
    return { reserveNext: (message[start]! & 0x80) !== 0 };
  },
  write: (writer, { reserveNext }) => void writer.bits(reserveNext ? 1 : 0, 1).bits(0, 7),
  trace(fields, { reserveNext }, _octets, name, message, start) {
    fields.field(1, name, reserveNext ? 'and the port above' : 'one port');
    traceReserved(fields, name, message, { at: start, skip: 1, bits: 7 });
  },
};

/** Answer from another address or port, please (RFC 5780 §7.2). */
export const changeRequest: AttributeCodec<{ changeIp: boolean; changePort: boolean }> = {
  decode(message, start, length) {
    expectLength(length === 4, start, length, '4 octets');
    const bits = message[start + 3]!;
    return { changeIp: (bits & 4) !== 0, changePort: (bits & 2) !== 0 };
  },
  write: (writer, { changeIp, changePort }) => void writer.uint32((changeIp ? 4 : 0) | (changePort ? 2 : 0)),
  trace(fields, { changeIp, changePort }, _octets, name, message, start) {
    traceReserved(fields, name, message, { at: start, bits: 29 })
      .field(1, `${name}: Change IP`, changeIp ? 'yes' : 'no')
      .field(1, `${name}: Change Port`, changePort ? 'yes' : 'no');
    traceReserved(fields, name, message, { at: start + 3, skip: 7, bits: 1 });
  },
};

/** How often a request was sent, how often its answer (RFC 7982 §3.1). */
export const transmitCounter: AttributeCodec<{ requests: number; responses: number }> = {
  decode(message, start, length) {
    expectLength(length === 4, start, length, '4 octets');
    return { requests: message[start + 2]!, responses: message[start + 3]! };
  },
  write(writer, { requests, responses }) {
    writer
      .uint16(0)
      .uint8(checked(writer, requests, 8))
      .uint8(checked(writer, responses, 8));
  },
  trace: (fields, { requests, responses }, _octets, name, message, start) =>
    traceReserved(fields, name, message, { at: start, bits: 16 })
      .field(8, `${name}: Req`, requests)
      .field(8, `${name}: Resp`, responses),
};

/** What an ICMP message told the server about a peer (RFC 8656 §18.13). */
export const icmp: AttributeCodec<{ type: number; code: number; data: number }> = {
  decode(message, start, length) {
    expectLength(length === 8, start, length, '8 octets');
    const bits = uint16At(message, start + 2);
    return { type: bits >>> 9, code: bits & 0x1ff, data: uint32At(message, start + 4) };
  },
  write(writer, { type, code, data }) {
    writer
      .uint16(0)
      .bits(checked(writer, type, 7), 7)
      .bits(checked(writer, code, 9), 9);
    writer.uint32(checked(writer, data, 32));
  },
  trace: (fields, { type, code, data }, _octets, name, message, start) =>
    traceReserved(fields, name, message, { at: start, bits: 16 })
      .field(7, `${name}: ICMP Type`, type)
      .field(9, `${name}: ICMP Code`, code)
      .field(32, `${name}: Error Data`, data),
};

function checked(writer: ByteWriter, value: number, bits: number): number {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** bits) return value;
  throw new StunError('STUN_FIELD_OUT_OF_RANGE', writer.length, String(value), `${bits} bits`);
}
