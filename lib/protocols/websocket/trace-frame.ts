import type { TraceSink } from '@/lib/bytes';
import { FieldTrace } from '@/lib/bytes';
import { isControl, opcodeNameOf, OPCODES } from './opcodes';

const REF = 'RFC 6455 §5.2';

const bit = (octet: number, mask: number): string => ((octet & mask) === 0 ? '0' : '1');
/** Texts that a traced reader says for every frame, made once. */
const OPCODE_TEXTS = Array.from(
  { length: 16 },
  (_, opcode) => `${opcode} = ${opcodeNameOf(opcode) ?? 'reserved'}`,
);
const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));
const hexOf = (key: Uint8Array): string =>
  `${HEX[key[0]!]!} ${HEX[key[1]!]!} ${HEX[key[2]!]!} ${HEX[key[3]!]!}`;

/** The eight bits that begin a frame at octet `at`. */
export function traceFirstOctet(sink: TraceSink, octet: number, at: number): void {
  const opcode = octet & 0x0f;
  new FieldTrace(sink, REF, at)
    .field(1, 'FIN', bit(octet, 0x80), 'the last frame of its message')
    .field(1, 'RSV1', bit(octet, 0x40), 'compressed, if permessage-deflate was agreed on', 'RFC 7692 §6')
    .field(1, 'RSV2', bit(octet, 0x20), 'reserved for extensions')
    .field(1, 'RSV3', bit(octet, 0x10), 'reserved for extensions')
    .field(4, 'opcode', OPCODE_TEXTS[opcode]!, isControl(opcode) ? 'a control frame' : 'a data frame');
}

/** Mask bit and the seven bits of the length, at octet `at`. */
export function traceSecondOctet(sink: TraceSink, octet: number, at: number): void {
  const length = octet & 0x7f;
  const next = length === 127 ? 64 : 16;
  new FieldTrace(sink, REF, at)
    .field(1, 'MASK', bit(octet, 0x80), 'a masking key follows')
    .field(
      7,
      'Payload len',
      String(length),
      length < 126 ? 'the length itself' : `the length is in the next ${next} bits`,
    );
}

/** The length in 16 or 64 bits, at octet `at`. */
export function traceExtendedLength(sink: TraceSink, octets: number, length: number, at: number): void {
  new FieldTrace(sink, REF, at).field(octets * 8, 'Extended payload length', length);
}

/** The four octets of the key, at octet `at`. */
export function traceMaskingKey(sink: TraceSink, key: Uint8Array, at: number): void {
  new FieldTrace(sink, 'RFC 6455 §5.3', at).field(32, 'Masking-key', hexOf(key));
}

/** The payload at octet `at`, and what a Close has in it; `payload` is unmasked. */
export function tracePayload(sink: TraceSink, opcode: number, payload: Uint8Array, at: number): void {
  const { length } = payload;
  new FieldTrace(sink, REF, at).field(length * 8, 'Payload data', `${length} octets`);
  if (opcode !== OPCODES.close || length < 2) return;
  new FieldTrace(sink, 'RFC 6455 §5.5.1', at)
    .field(16, 'Status code', (payload[0]! << 8) | payload[1]!)
    .field((length - 2) * 8, 'Reason', new TextDecoder().decode(payload.subarray(2)));
}

/** All of a frame whose octets are whole, from octet 0. */
export function traceFrame(
  sink: TraceSink,
  octets: Uint8Array,
  headerLength: number,
  payload: Uint8Array,
): void {
  const masked = (octets[1]! & 0x80) !== 0;
  const keyAt = headerLength - 4;
  traceFirstOctet(sink, octets[0]!, 0);
  traceSecondOctet(sink, octets[1]!, 1);
  const extended = headerLength - 2 - (masked ? 4 : 0);
  if (extended > 0) traceExtendedLength(sink, extended, payload.length, 2);
  if (masked) traceMaskingKey(sink, octets.subarray(keyAt, headerLength), keyAt);
  tracePayload(sink, octets[0]! & 0x0f, payload, headerLength);
}
