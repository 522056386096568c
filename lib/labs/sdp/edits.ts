import type { OfferLine } from './run';

/** Edits of the offer's text; `number` is a line's, counted from 1. */

export function withLine(text: string, number: number, line: string): string {
  return text
    .split('\n')
    .with(number - 1, line.replaceAll('\n', ''))
    .join('\n');
}

export function withoutLine(text: string, number: number): string {
  return text
    .split('\n')
    .toSpliced(number - 1, 1)
    .join('\n');
}

/** A new line after line `number`; 0 puts it first. */
export function withLineBelow(text: string, number: number, line: string): string {
  return text.split('\n').toSpliced(number, 0, line).join('\n');
}

/** Line `number` changes places with the one `by` above or below it, if there is one. */
export function withLineMoved(text: string, number: number, by: -1 | 1): string {
  const lines = text.split('\n');
  const other = number - 1 + by;
  const [line, neighbour] = [lines[number - 1], lines[other]];
  if (line === undefined || neighbour === undefined) return text;
  return lines
    .with(other, line)
    .with(number - 1, neighbour)
    .join('\n');
}

/** A removed line is put back after the line that stands before it now. */
export function withLineRestored(text: string, lines: readonly OfferLine[], index: number): string {
  const before = lines.slice(0, index).findLast(({ number }) => number > 0)?.number ?? 0;
  return withLineBelow(text, before, lines[index]?.text ?? '');
}
