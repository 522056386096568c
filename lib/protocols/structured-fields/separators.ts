import type { Span, TraceSink } from '@/lib/bytes';

/** What stands between keys and values, by the character that says what it is for. */
const SEPARATORS: readonly (readonly [pattern: RegExp, name: string, section: string])[] = [
  [/[()]/, 'inner list', '3.1.1'],
  [/,/, 'next member', '3.1'],
  [/;/, 'parameter', '3.1.2'],
  [/=/, 'value follows', '3.2'],
  [/^/, 'spaces', '4.2'],
];

/**
 * Hands on the spans of keys and values, which come in order, and between them spans of what separates them: with those,
 * every character up to `end` is in one of the innermost.
 */
export function traceSeparators(trace: TraceSink, text: string, spans: readonly Span[], end: number): void {
  let at = 0;
  const fill = (to: number) => {
    if (to <= at) return;
    const value = text.slice(at / 8, to / 8);
    const [, name, section] = SEPARATORS.find(([pattern]) => pattern.test(value))!;
    trace.push({ start: at, end: to, name: `separator: ${name}`, value, ref: `RFC 9651 §${section}` });
    at = to;
  };
  for (const span of spans) {
    // An inner list's lies around spans that were there before.
    if (span.name !== 'inner list') {
      fill(span.start);
      at = span.end;
    }
    trace.push(span);
  }
  fill(end * 8);
}
