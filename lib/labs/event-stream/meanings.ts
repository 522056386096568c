import type { Span } from '@/lib/bytes';

/** What one octet is: the spans around it, outermost first, by what they are called in the messages. */
export type Meaning = { path: readonly string[]; note: string; ref: string };

const NO_MEANING: Meaning = { path: [], note: '', ref: '' };

/** `field name` → `field-name`: the key below `spans`. */
const keyOf = (name: string) => name.replaceAll(' ', '-');

/** Of every octet, in order. The innermost note counts: that of a `retry` that is ignored stands on its value too. */
export function meaningsOf(octets: Uint8Array, spans: readonly Span[]): Meaning[] {
  const around: Span[][] = Array.from(octets, () => []);
  for (const span of spans) {
    for (let at = span.start / 8; at < span.end / 8; at++) around[at]?.push(span);
  }
  return around.map((covering) => {
    // Spans of equal length: the later one lies inside.
    const inward = covering
      .map((span, n) => ({ span, n }))
      .sort((a, b) => lengthOf(b.span) - lengthOf(a.span) || a.n - b.n);
    const innermost = inward.at(-1)?.span;
    if (!innermost) return NO_MEANING;
    const ignored = inward.some(({ span }) => span.note?.startsWith('ignored') && span.name !== 'comment');
    const key = keyOf(innermost.name);
    const outcome =
      inward.find(({ span }) => span.name === 'block')?.span.value === 'no event' ? 'no-event' : 'event';
    const note =
      key === 'blank-line'
        ? `blank-line.${outcome}`
        : ignored && key === 'value'
          ? 'value.ignored'
          : `${key}.plain`;
    return { path: inward.map(({ span }) => keyOf(span.name)), note, ref: innermost.ref ?? '' };
  });
}

const lengthOf = ({ start, end }: Span) => end - start;

/** Octets of one line, its end included, under the name of what the line is. */
export type StreamRow = { start: number; end: number; kind: string };

const LINES = new Set([
  'data',
  'event',
  'id',
  'retry',
  'comment',
  'unknown-field',
  'blank-line',
  'unfinished-line',
]);

/** The stream line by line; the LF of a CRLF stays with its line. */
export function rowsOf(octets: Uint8Array, spans: readonly Span[]): StreamRow[] {
  const rows: StreamRow[] = [];
  const lines = spans.filter(({ name }) => LINES.has(keyOf(name))).sort((a, b) => a.start - b.start);
  lines.forEach(({ start, name }, n) => {
    const end = (lines[n + 1]?.start ?? octets.length * 8) / 8;
    rows.push({ start: n === 0 ? 0 : start / 8, end, kind: keyOf(name) });
  });
  if (rows.length === 0 && octets.length > 0)
    rows.push({ start: 0, end: octets.length, kind: 'unfinished-line' });
  return rows;
}
