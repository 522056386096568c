import { opcodeNameOf, OPCODES, type WebSocketEvent } from '@/lib/protocols/websocket';
import { toHex } from '@/lib/bytes';
import type { MessageRef } from '@/lib/text/text';
import type { Field, FrameFacts } from './fields';
import { characterOf } from './masking';
import type { WsFrameParams } from './params';
import type { WsFrameResult } from './run';

/**
 * One sentence of the reading, and the fields that it speaks of (indices, `to` exclusive; equal: of none). `octet` is
 * the octet of the masked payload, if it speaks of one.
 */
export type ReadingStep = { text: MessageRef; from: number; to: number; octet?: number };

type Found = Omit<WsFrameResult, 'reading'>;

/** So many octets are unmasked one by one in words. */
const SPOKEN_OCTETS = 8;
const QUOTED = 60;

/** Each field in a sentence, in the order of the wire; then what the other end makes of it. */
export function readingOf(found: Found, { from }: WsFrameParams): ReadingStep[] {
  const steps: ReadingStep[] = [];
  const maskedFrame =
    found.masking[0] && found.frames.find(({ payloadStart }) => payloadStart === found.masking[0]?.at);
  for (const frame of found.frames) {
    for (let index = frame.fromField; index < frame.toField; index++) {
      const field = found.fields[index];
      if (!field) continue;
      if (field.id === 'payload-data' && frame === maskedFrame) {
        steps.push(...octetSteps(found, frame, index));
        continue;
      }
      const text = sentenceOf(field, frame, from);
      if (text) steps.push({ text, from: index, to: index + (field.id === 'rsv1' ? 3 : 1) });
    }
  }
  const say = (key: string, values: MessageRef['values'] = {}) =>
    steps.push({ text: { key: `steps.${key}`, values }, from: found.fields.length, to: found.fields.length });
  for (const event of found.events) say(...eventSentence(event, from));
  if (found.problem)
    steps.push({ text: found.problem.text, from: found.fields.length, to: found.fields.length });
  if (found.problem?.closeCode) say('failed', { from, code: found.problem.closeCode });
  else if (found.missing > 0) say('missing', { n: found.missing, from });
  else if (found.events.length === 0 && !found.problem) say('unfinished', { from });
  return steps;
}

/** What a field says, or nothing where another sentence has said it. */
function sentenceOf(field: Field, frame: FrameFacts, from: string): MessageRef | undefined {
  const said = (key: string, values: MessageRef['values'] = {}): MessageRef => ({
    key: `steps.${key}`,
    values,
  });
  const { opcode, length = 0, lengthBits = 7 } = frame;
  switch (field.id) {
    case 'fin':
      return said(frame.fin ? 'fin.last' : 'fin.more');
    case 'rsv1':
      return said('rsv');
    case 'rsv2':
    case 'rsv3':
      return undefined;
    case 'opcode':
      return said(`opcode.${opcodeNameOf(opcode) ?? 'reserved'}`, { opcode });
    case 'mask':
      return said(`mask.${frame.masked ? 'set' : 'unset'}.${from}`);
    case 'payload-len':
      return said(`length.${lengthBits}`, { length });
    case 'extended-payload-length':
      return said('extended', { length, octets: (field.end - field.start) / 8 });
    case 'masking-key':
      return said('key', { key: toHex(frame.key ?? new Uint8Array(0), ' ') });
    case 'payload-data':
      return said(frame.masked ? 'payload.masked' : 'payload.plain', { n: (field.end - field.start) / 8 });
    case 'status-code':
    case 'reason':
      return said(field.id, field.value.values);
    default:
      return said(`rest.${field.id}`, field.value.values);
  }
}

function octetSteps({ masking, fields }: Found, { opcode }: FrameFacts, index: number): ReadingStep[] {
  const field = fields[index];
  const total = field ? (field.end - field.start) / 8 : 0;
  const spoken = masking.slice(0, SPOKEN_OCTETS).map((one): ReadingStep => {
    const character =
      opcode === OPCODES.text || opcode === OPCODES.continuation ? characterOf(one.plain) : '';
    const values = {
      n: one.index + 1,
      wire: hex(one.wire),
      key: hex(one.key),
      plain: hex(one.plain),
      character: character === '' ? 'none' : character,
    };
    return { text: { key: 'steps.octet', values }, from: index, to: index + 1, octet: one.index };
  });
  const rest = total - spoken.length;
  if (rest <= 0) return spoken;
  return [...spoken, { text: { key: 'steps.octets-rest', values: { n: rest } }, from: index, to: index + 1 }];
}

function eventSentence(event: WebSocketEvent, from: string): [string, MessageRef['values']] {
  if (event.type === 'message') {
    return typeof event.data === 'string'
      ? ['event.text', { text: short(event.data), n: new TextEncoder().encode(event.data).length, from }]
      : ['event.binary', { n: event.data.length, from }];
  }
  if (event.type === 'close')
    return ['event.close', { code: event.code, reason: event.reason || 'none', from }];
  return [`event.${event.type}`, { n: event.payload.length, from }];
}

export const hex = (octet: number): string => octet.toString(16).padStart(2, '0');
const short = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);
