import { toHex, type Span } from '@/lib/bytes';
import { OPCODES, opcodeNameOf } from '@/lib/protocols/websocket';
import type { MessageRef } from '@/lib/text/text';

/** A field as it lies in the octets: `id` names it in the catalogue (`fields.<id>`), `value` says what it holds. */
export type Field = { id: string; start: number; end: number; ref: string; value: MessageRef };

/** One frame as far as it was read; what has not come yet is `undefined`. Offsets in octets. */
export type FrameFacts = {
  start: number;
  fin: boolean;
  opcode: number;
  /** Indices into the fields, `toField` exclusive. */
  fromField: number;
  toField: number;
  masked?: boolean;
  length?: number;
  lengthBits?: 7 | 16 | 64;
  key?: Uint8Array;
  /** Where the payload begins; it may be cut short. */
  payloadStart?: number;
};

/** The engine's spans with names and values of the catalogue: "Payload len" is `payload-len`. */
export function fieldsOf(spans: readonly Span[], octets: Uint8Array): Field[] {
  return spans.map(({ name, value, start, end, ref = '' }) => {
    const id = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    return { id, start, end, ref, value: valueOf(id, value, start, end, octets) };
  });
}

/** The frames that the fields make, by what the header's octets say. */
export function framesOf(fields: readonly Field[], octets: Uint8Array): FrameFacts[] {
  const frames: FrameFacts[] = [];
  fields.forEach(({ id, start, end }, index) => {
    const at = start >> 3;
    if (id === 'fin') {
      const first = octets[at] ?? 0;
      const facts = { start: at, fin: first >= 0x80, opcode: first & 0x0f, fromField: index, toField: index };
      frames.push(facts);
    }
    const frame = frames.at(-1);
    if (!frame) return;
    frame.toField = index + 1;
    if (id === 'mask') frame.masked = (octets[at] ?? 0) >= 0x80;
    if (id === 'payload-len') {
      const length = (octets[at] ?? 0) & 0x7f;
      frame.lengthBits = length < 126 ? 7 : length === 126 ? 16 : 64;
      if (length < 126) frame.length = length;
    }
    if (id === 'extended-payload-length') frame.length = numberAt(octets, at, end >> 3);
    if (id === 'masking-key') frame.key = octets.slice(at, at + 4);
    const headerIsWhole = frame.length !== undefined && (!frame.masked || frame.key);
    if (headerIsWhole && frame.payloadStart === undefined) frame.payloadStart = end >> 3;
  });
  return frames;
}

/**
 * What the engine gave no span for: a payload that is not whole or was found wrong, octets after the fault or after a
 * Close, a header cut short.
 */
export function restFields(
  octets: Uint8Array,
  fields: readonly Field[],
  state: { isClosed: boolean; hasFailed: boolean },
): Field[] {
  const start = Math.ceil(fields.reduce((last, { end }) => Math.max(last, end), 0) / 8);
  if (start >= octets.length) return [];
  const frame = framesOf(fields, octets).at(-1);
  const hasPayload = fields.slice(frame?.fromField).some(({ id }) => id === 'payload-data');
  const { payloadStart, length = 0 } = frame ?? {};
  const rest: Field[] = [];
  let at = start;
  if (!hasPayload && payloadStart === start && length > 0) {
    at = Math.min(octets.length, start + length);
    rest.push(restField('payload-data', start, at, 'RFC 6455 §5.2'));
  }
  if (at < octets.length) {
    const id = state.isClosed ? 'after-close' : state.hasFailed ? 'unread' : 'begun';
    rest.push(restField(id, at, octets.length, state.isClosed ? 'RFC 6455 §5.5.1' : 'RFC 6455 §7.1.7'));
  }
  return rest;
}

const restField = (id: string, from: number, to: number, ref: string): Field => ({
  id,
  start: from * 8,
  end: to * 8,
  ref,
  value: { key: 'values.octets', values: { n: to - from } },
});

function valueOf(id: string, value: string, start: number, end: number, octets: Uint8Array): MessageRef {
  const at = start >> 3;
  if (end - start === 1) return { key: value === '1' ? 'values.set' : 'values.unset' };
  switch (id) {
    case 'opcode': {
      const opcode = (octets[at] ?? 0) & 0x0f;
      return { key: 'values.opcode', values: { opcode, name: opcodeNameOf(opcode) ?? 'reserved' } };
    }
    case 'payload-data':
      return { key: 'values.octets', values: { n: (end - start) / 8 } };
    case 'masking-key':
      return { key: 'values.plain', values: { text: toHex(octets.subarray(at, at + 4), ' ') } };
    default:
      return { key: 'values.plain', values: { text: value } };
  }
}

function numberAt(octets: Uint8Array, from: number, to: number): number {
  return octets.subarray(from, to).reduce((number, octet) => number * 256 + octet, 0);
}

/** What a learner calls it: a control frame is named by what it does. */
export const isDataOpcode = (opcode: number): boolean => opcode <= OPCODES.binary;
