import type { Span } from '@/lib/bytes';

/** A span as the grid shows it: where it stands among the others. */
export type Field = {
  /** Index into the `spans` that the grid was given. -1: bits that no span covers. */
  index: number;
  span: Span;
  /** The spans around it, outermost first. */
  path: readonly Span[];
};

/** A run of bits drawn as one field: the innermost span there. */
export type Run = { start: number; end: number; field: Field };

/**
 * Turns spans (nested, overlapping, in any order) into runs that cover bits 0 to `bitCount` once each. The
 * innermost span wins a bit: of those that cover it the shortest, and of equals the later. A span split by
 * one inside it appears in several runs.
 */
export function findRuns(spans: readonly Span[], bitCount: number): Run[] {
  const edges = new Set([0, bitCount]);
  const inside = spans
    .map((span, index) => ({ span, index }))
    .filter(({ span }) => span.end > span.start && span.start < bitCount);
  for (const { span } of inside) {
    edges.add(Math.max(0, span.start));
    edges.add(Math.min(bitCount, span.end));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const runs: Run[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const start = sorted[i] ?? 0;
    const end = sorted[i + 1] ?? 0;
    const covering = inside
      .filter(({ span }) => span.start <= start && span.end >= end)
      .sort((a, b) => b.span.end - b.span.start - (a.span.end - a.span.start) || a.index - b.index);
    const innermost = covering.at(-1);
    const last = runs.at(-1);
    if (last && last.field.index === (innermost?.index ?? -1) && last.end === start) {
      last.end = end;
      continue;
    }
    const field: Field = innermost
      ? { index: innermost.index, span: innermost.span, path: covering.slice(0, -1).map((c) => c.span) }
      : { index: -1, span: { start, end, name: '', value: '' }, path: [] };
    runs.push({ start, end, field });
  }
  for (const run of runs) if (run.field.index < 0) run.field.span = { ...run.field.span, end: run.end };
  return runs;
}

/** The spans that have bits of their own, in order of their first bit: what arrow keys walk through. */
export function fieldOrder(runs: readonly Run[]): number[] {
  const order: number[] = [];
  for (const run of runs) {
    if (run.field.index >= 0 && !order.includes(run.field.index)) order.push(run.field.index);
  }
  return order;
}

/** A part of a run that lies in one row. */
export type Piece = {
  run: Run;
  /** Bits, from the first of all. */
  start: number;
  end: number;
  /** The first piece of its field carries the name and takes the focus. */
  first: boolean;
  /** The run goes on in the next row. */
  goesOn: boolean;
};

/** A row of the picture; `skippedOctets` instead of pieces where a long field is cut short. */
export type Row =
  | { kind: 'pieces'; start: number; pieces: Piece[] }
  | { kind: 'skipped'; start: number; run: Run; skippedOctets: number };

/**
 * Lays runs out in rows of `bitsPerRow`, as RFC header diagrams do. Of a field longer than `longRows` + 2
 * whole rows the first `longRows` are drawn, then how many octets are left out.
 */
export function layOutRows(runs: readonly Run[], bitsPerRow: number, longRows = 3): Row[] {
  const rows: Row[] = [];
  const seen = new Set<number>();
  const bitCount = runs.at(-1)?.end ?? 0;
  let at = 0;
  while (at < bitCount) {
    const rowEnd = Math.min(bitCount, at + bitsPerRow);
    const pieces: Piece[] = [];
    for (const run of runs) {
      if (run.end <= at || run.start >= rowEnd) continue;
      const start = Math.max(at, run.start);
      const end = Math.min(rowEnd, run.end);
      const first = run.field.index < 0 ? start === run.start : !seen.has(run.field.index);
      seen.add(run.field.index);
      pieces.push({ run, start, end, first, goesOn: end < run.end });
    }
    rows.push({ kind: 'pieces', start: at, pieces });
    const only = pieces.length === 1 ? pieces[0] : undefined;
    at = rowEnd;
    if (!only) continue;
    const drawn = Math.floor((at - Math.ceil(only.run.start / bitsPerRow) * bitsPerRow) / bitsPerRow);
    const wholeRowsLeft = Math.floor((only.run.end - at) / bitsPerRow);
    if (drawn >= longRows && wholeRowsLeft > 2) {
      rows.push({
        kind: 'skipped',
        start: at,
        run: only.run,
        skippedOctets: (wholeRowsLeft * bitsPerRow) / 8,
      });
      at += wholeRowsLeft * bitsPerRow;
    }
  }
  return rows;
}
