/** One line, without its end, as HTML §9.2.6 "Process the field" sees it. */
export type StreamLine =
  | { kind: 'blank' }
  | { kind: 'comment'; text: string }
  | { kind: FieldName; value: string }
  | { kind: 'unknown'; name: string };

/** The four fields that mean something; compared as they are, so `Data` is none of them. */
export const FIELD_NAMES = ['data', 'event', 'id', 'retry'] as const;

/** The fields that mean something; all others are ignored (HTML §9.2.6). */
export type FieldName = (typeof FIELD_NAMES)[number];

const COLON = 0x3a;
const SPACE = 0x20;

/*
 * What the parser asks about every line of a stream, of the text that the line still stands in: with the colon, letter by
 * letter, since a call into the engine for each would cost as much as all the rest. Measured in bench/sse.bench.ts.
 */

export const isComment = (text: string, at: number): boolean => text.charCodeAt(at) === COLON;

export const isData = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 0x64 &&
  text.charCodeAt(at + 1) === 0x61 &&
  text.charCodeAt(at + 2) === 0x74 &&
  text.charCodeAt(at + 3) === 0x61 &&
  text.charCodeAt(at + 4) === COLON;

export const isEvent = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 0x65 &&
  text.charCodeAt(at + 1) === 0x76 &&
  text.charCodeAt(at + 2) === 0x65 &&
  text.charCodeAt(at + 3) === 0x6e &&
  text.charCodeAt(at + 4) === 0x74 &&
  text.charCodeAt(at + 5) === COLON;

export const isId = (text: string, at: number): boolean =>
  text.charCodeAt(at) === 0x69 && text.charCodeAt(at + 1) === 0x64 && text.charCodeAt(at + 2) === COLON;

/** What follows the colon up to `end`, without the one space that may stand there. */
export const valueAfter = (text: string, colon: number, end: number): string =>
  text.slice(text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, end);

/** Reads a line by itself: everything before the first colon is the name, and without a colon all of it. */
export function parseLine(line: string): StreamLine {
  if (line === '') return { kind: 'blank' };
  const colon = line.indexOf(':');
  if (colon === 0) return { kind: 'comment', text: line.slice(1) };
  const name = colon < 0 ? line : line.slice(0, colon);
  const kind = FIELD_NAMES.find((known) => known === name);
  if (kind === undefined) return { kind: 'unknown', name };
  return { kind, value: colon < 0 ? '' : valueAfter(line, colon, line.length) };
}

/** A reconnection time in milliseconds: ASCII digits alone. Anything else changes nothing. */
export function parseRetry(value: string): number | undefined {
  const milliseconds = /^[0-9]+$/.test(value) ? Number(value) : Number.NaN;
  return Number.isFinite(milliseconds) ? milliseconds : undefined;
}

/** An id may not hold U+0000: a `Last-Event-ID` header could not carry it. Ids are short: a call would cost more. */
export function isUsableId(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) === 0) return false;
  return true;
}
