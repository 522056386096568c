/**
 * What a run of bits means. `start` and `end` are bit offsets from the first bit of the octets that were
 * read or written (`end` exclusive); `ref` names the section that says so, as "RFC 6455 §5.2".
 */
export type Span = { start: number; end: number; name: string; value: string; note?: string; ref?: string };

/**
 * Where a codec writes its spans. A plain `Span[]` is one. Codecs take it as an optional last argument and
 * build no span without it, so that decoding stays fast.
 */
export type TraceSink = { push(span: Span): unknown };

/** A sink that shifts what it is given by `octets`, for a structure that lies inside another. */
export function offsetSink(sink: TraceSink | undefined, octets: number): TraceSink | undefined {
  if (!sink || octets === 0) return sink;
  const bits = octets * 8;
  return { push: (span) => sink.push({ ...span, start: span.start + bits, end: span.end + bits }) };
}
