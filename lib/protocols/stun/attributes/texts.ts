import { StunError } from '../errors';
import type { AttributeCodec } from './codec';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** UTF-8 of `start` to `end`; letters of ASCII are read one by one, which for such short texts is the faster way. */
export function readText(octets: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) {
    const octet = octets[at]!;
    if (octet >= 0x80) return readUtf8(octets, start, end);
    text += String.fromCharCode(octet);
  }
  return text;
}

function readUtf8(octets: Uint8Array, start: number, end: number): string {
  try {
    return decoder.decode(octets.subarray(start, end));
  } catch {
    throw new StunError('STUN_TEXT_NOT_UTF8', start, 'octets that are not UTF-8', 'UTF-8');
  }
}

/** UTF-8 text of at most `maxOctets` when it is written; a reader takes what the message can hold. */
export function text(maxOctets: number): AttributeCodec<string> {
  return {
    decode: (message, start, length) => readText(message, start, start + length),
    write(writer, value) {
      const octets = encodeText(value, maxOctets, writer.length);
      writer.write(octets);
    },
    trace: (fields, value, octets, name) => fields.field(octets * 8, name, JSON.stringify(value)),
  };
}

/** @throws StunError STUN_FIELD_OUT_OF_RANGE when it is longer than its RFC allows */
export function encodeText(value: string, maxOctets: number, offset: number): Uint8Array {
  const octets = encoder.encode(value);
  if (octets.length <= maxOctets) return octets;
  throw new StunError('STUN_FIELD_OUT_OF_RANGE', offset, `${octets.length} octets`, `at most ${maxOctets}`);
}
