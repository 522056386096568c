import type { TraceSink } from '@/lib/bytes';
import { ByteWriter, FieldTrace, toHex } from '@/lib/bytes';
import { StunError } from '../errors';
import type { AttributeName } from '../registry';
import { STUN_ATTRIBUTES } from '../registry';
import type { AttributeCodec } from './codec';
import type { AttributeValues } from './table';
import { ATTRIBUTE_CODECS } from './table';

/** An attribute that this room does not know, kept as it is. */
export type UnknownAttribute = { name: 'UNKNOWN'; type: number; value: Uint8Array };

/** Any attribute: `name` says what `value` is. */
export type StunAttribute =
  { [N in AttributeName]: { name: N; value: AttributeValues[N] } }[AttributeName] | UnknownAttribute;

type Entry = {
  type: number;
  name: AttributeName;
  ref: string;
  codec: AttributeCodec<unknown>;
  labels: Labels;
};

/** The names of an attribute's spans; made once, because making texts is most of what tracing costs. */
type Labels = { type: string; number: string; required: string; length: string; padding: string };

function labelsOf(name: string, type: number): Labels {
  return {
    type: `${name}: Type`,
    number: `0x${type.toString(16).padStart(4, '0')}`,
    required: type < 0x8000 ? 'comprehension-required' : 'comprehension-optional',
    length: `${name}: Length`,
    padding: `${name}: Padding`,
  };
}

const entries = STUN_ATTRIBUTES.map(([type, name, ref]): Entry => {
  return { type, name, ref, codec: ATTRIBUTE_CODECS[name], labels: labelsOf(name, type) };
});
const BY_TYPE = new Map(entries.map((entry) => [entry.type, entry]));
const BY_NAME = new Map<string, Entry>(entries.map((entry) => [entry.name, entry]));

/** The type that an attribute has on the wire. */
export function typeOf(attribute: StunAttribute): number {
  return attribute.name === 'UNKNOWN' ? attribute.type : BY_NAME.get(attribute.name)!.type;
}

/** The value of type `type` in octets `start` to `start + length` of a message. */
export function decodeAttribute(
  message: Uint8Array,
  type: number,
  start: number,
  length: number,
): StunAttribute {
  const entry = BY_TYPE.get(type);
  if (entry === undefined) return { name: 'UNKNOWN', type, value: message.subarray(start, start + length) };
  return { name: entry.name, value: entry.codec.decode(message, start, length) } as StunAttribute;
}

/**
 * Type, length, value, and zeros up to a whole word (RFC 8489 §14). `pad` is the cookie and the transaction id.
 * @throws StunError STUN_FIELD_OUT_OF_RANGE, STUN_ADDRESS_MALFORMED, STUN_ERROR_CODE_WRONG
 */
export function writeAttribute(writer: ByteWriter, attribute: StunAttribute, pad: Uint8Array): void {
  const type = typeOf(attribute);
  const valueWriter = new ByteWriter(32);
  if (attribute.name === 'UNKNOWN') valueWriter.write(attribute.value);
  else BY_NAME.get(attribute.name)!.codec.write(valueWriter, attribute.value, pad);
  const value = valueWriter.finish();
  if (!Number.isInteger(type) || type < 0 || type > 0xffff || value.length > 0xffff) {
    const seen = `type ${type} of ${value.length} octets`;
    throw new StunError('STUN_FIELD_OUT_OF_RANGE', writer.length, seen, 'a type and a length of 16 bits');
  }
  writer.uint16(type).uint16(value.length).write(value);
  if ((value.length & 3) !== 0) writer.write(new Uint8Array(-value.length & 3));
}

/** The spans of an attribute that starts at octet `start`: type, length, the value's own, padding. */
export function traceAttribute(
  sink: TraceSink,
  start: number,
  type: number,
  attribute: StunAttribute,
  octets: number,
  message: Uint8Array,
): void {
  const entry = BY_TYPE.get(type);
  const name = entry?.name ?? `Attribute 0x${type.toString(16).padStart(4, '0')}`;
  const labels = entry?.labels ?? labelsOf(name, type);
  const ref = 'RFC 8489 §14';
  const fields = new FieldTrace(sink, entry?.ref ?? ref, start)
    .field(16, labels.type, labels.number, labels.required, ref)
    .field(16, labels.length, `${octets} octets`, undefined, ref);
  if (attribute.name === 'UNKNOWN') fields.field(octets * 8, name, toHex(attribute.value, ' '));
  else entry?.codec.trace(fields, attribute.value, octets, name, message, start + 4);
  const padding = -octets & 3;
  if (padding > 0) fields.field(padding * 8, labels.padding, `${padding} octets`, undefined, ref);
}
