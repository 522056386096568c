import { decodeSegment, seqAdd, type DecodedSegment } from '@/lib/protocols/tcp';
import type { MessageRef } from '@/lib/text/text';
import type { Field } from './fields';
import type { SegmentParams } from './lab';
import { optionSentence } from './option-sentence';
import type { SegmentResult } from './run';

/** One sentence of the reading, and the fields that it speaks of (indices, `to` exclusive; equal: of none). */
export type ReadingStep = { text: MessageRef; from: number; to: number };

/** How much of the data is quoted, in octets. */
const QUOTED_OCTETS = 32;

type Found = Omit<SegmentResult, 'reading'>;

/** Each field in a sentence, in the order of the wire; then what the segment as a whole does. */
export function readingOf(found: Found, params: SegmentParams): ReadingStep[] {
  const { segment, fields, problem, addressProblem } = found;
  const steps: ReadingStep[] = [];
  const say = (text: MessageRef, count = 0) => {
    const from = steps.at(-1)?.to ?? 0;
    steps.push({ text, from, to: Math.min(fields.length, from + count) });
  };
  const header = segment ?? fixedHeaderOf(found.octets);
  if (header) for (const [text, count] of fixedSentences(header, found, params)) say(text, count);
  if (segment) {
    for (const { text, count } of optionGroups(segment, fields)) say(text, count);
    say(dataSentence(segment), segment.payload.length > 0 ? 1 : 0);
    say(lengthSentence(found));
    say({ key: `steps.answer.${found.answer}`, values: { port: String(segment.destinationPort) } });
  }
  if (problem) say(problem.text);
  if (addressProblem) say(addressProblem.text);
  return steps;
}

/** The first 20 octets of a segment whose options cannot be read, as if it had none. */
function fixedHeaderOf(octets: Uint8Array): DecodedSegment | undefined {
  const fixed = octets.slice(0, 20);
  fixed[12] = 0x50 | ((fixed[12] ?? 0) & 0x0f);
  return decodeSegment(fixed);
}

function fixedSentences(
  segment: DecodedSegment,
  found: Found,
  { shift }: SegmentParams,
): [MessageRef, number][] {
  const { flags, sequenceNumber: seq, acknowledgmentNumber: ack, window, reserved, urgentPointer } = segment;
  const words = (found.octets[12] ?? 0) >> 4;
  const numbers = flags.syn ? 'syn' : segment.payload.length > 0 ? 'data' : 'empty';
  const last = seqAdd(seq, segment.payload.length - 1);
  return [
    [said('source-port', { port: String(segment.sourcePort) }), 1],
    [said('destination-port', { port: String(segment.destinationPort) }), 1],
    [said(`sequence-number.${numbers}`, { seq, next: seqAdd(seq, 1), last }), 1],
    [said(`acknowledgment-number.${flags.ack ? 'set' : 'unset'}`, { ack }), 1],
    [said('data-offset', { words, octets: words * 4, options: words * 4 - 20 }), 1],
    [said('reserved', { reserved }), 1],
    [flagsSentence(segment), 8],
    [said(`window.${flags.syn ? 'syn' : 'shifted'}`, { window, shift, octets: found.windowOctets }), 1],
    [checksumSentence(found), 1],
    [said(`urgent-pointer.${flags.urg ? 'set' : 'unset'}`, { n: urgentPointer }), 1],
  ];
}

/** Which flags are set, and what a segment with these does. */
function flagsSentence({ flags, payload }: DecodedSegment): MessageRef {
  const set = Object.entries(flags).flatMap(([name, isSet]) => (isSet ? [name.toUpperCase()] : []));
  const role = flags.rst
    ? 'rst'
    : flags.syn
      ? flags.fin
        ? 'odd'
        : flags.ack
          ? 'syn-ack'
          : 'syn'
      : flags.fin
        ? 'fin'
        : !flags.ack
          ? 'none'
          : payload.length > 0
            ? 'data'
            : 'ack';
  return said(`flags.${role}`, { names: set.join(', '), count: set.length });
}

function checksumSentence({ checksum }: Found): MessageRef {
  if (!checksum) return said('checksum.unknown');
  const verdict = checksum.computed === checksum.seen ? 'right' : 'wrong';
  return said(`checksum.${verdict}`, { seen: hex16(checksum.seen), computed: hex16(checksum.computed) });
}

/** An option is one sentence, however many fields it has. */
function optionGroups(
  segment: DecodedSegment,
  fields: readonly Field[],
): { text: MessageRef; count: number }[] {
  const groups: { text: MessageRef; count: number }[] = [];
  const inOptions = fields.filter(({ start }) => start >= 160 && start < segment.headerLength * 8);
  let at = 0;
  for (const option of segment.options) {
    const first = inOptions[at];
    if (!first) break;
    let count = 1;
    while (inOptions[at + count]?.id.startsWith(`${first.id}-`)) count++;
    groups.push({ text: optionSentence(option), count });
    at += count;
  }
  if (at < inOptions.length) groups.push({ text: said('padding'), count: inOptions.length - at });
  return groups;
}

function dataSentence({ payload }: DecodedSegment): MessageRef {
  if (payload.length === 0) return said('data.none');
  const quoted = new TextDecoder().decode(payload.subarray(0, QUOTED_OCTETS));
  const isText = !/[^\t\r\n\u0020-\u007e\u00a0-\uffef]/.test(quoted);
  const beginning = quoted.split('\r\n')[0] ?? '';
  return said(isText ? 'data.text' : 'data.octets', { n: payload.length, beginning });
}

function lengthSentence({ segment, length, next }: Found): MessageRef {
  if (segment?.flags.rst) return said('length.rst');
  return length === 0 ? said('length.none') : said('length.some', { length, next });
}

const said = (key: string, values: NonNullable<MessageRef['values']> = {}): MessageRef => ({
  key: `steps.${key}`,
  values,
});

/** `0x22a4`, as analysers show checksums. */
export const hex16 = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`;
