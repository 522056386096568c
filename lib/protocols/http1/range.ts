import { splitList } from './tokens';

/** The most ranges that are read from one field; more are `invalid` (RFC 9110 §14.2 lets a server ignore them). */
export const MAX_RANGES = 64;

/** Octets `first` to `last`, both included. */
export type ByteRange = { readonly first: number; readonly last: number };

/**
 * A Range field against a representation of `length` octets (RFC 9110 §14.1.2, §14.2):
 * `ignored` with the reason (unit not known, grammar broken: answer 200), `unsatisfiable` (416) or the ranges, cut to
 * the representation and in the order asked for.
 */
export type RangeResult =
  | { readonly kind: 'ranges'; readonly ranges: readonly ByteRange[] }
  | { readonly kind: 'unsatisfiable' }
  | { readonly kind: 'ignored'; readonly reason: 'unknown-unit' | 'invalid' };

const SPEC = /^(\d*)-(\d*)$/;

/** Reads a Range field for a representation of so many octets. */
export function parseRange(value: string, length: number): RangeResult {
  const at = value.indexOf('=');
  if (at < 1) return { kind: 'ignored', reason: 'invalid' };
  if (value.slice(0, at).toLowerCase() !== 'bytes') return { kind: 'ignored', reason: 'unknown-unit' };
  const specs = splitList(value.slice(at + 1));
  if (specs.length === 0 || specs.length > MAX_RANGES) return { kind: 'ignored', reason: 'invalid' };
  const ranges: ByteRange[] = [];
  for (const spec of specs) {
    const match = SPEC.exec(spec);
    if (!match || (match[1] === '' && match[2] === '')) return { kind: 'ignored', reason: 'invalid' };
    const isSuffix = match[1] === '';
    const first = isSuffix ? Math.max(0, length - Number(match[2])) : Number(match[1]);
    const asked = isSuffix || match[2] === '' ? Number.POSITIVE_INFINITY : Number(match[2]);
    if (asked < first) return { kind: 'ignored', reason: 'invalid' };
    const last = Math.min(asked, length - 1);
    if (first <= last) ranges.push({ first, last });
  }
  return ranges.length === 0 ? { kind: 'unsatisfiable' } : { kind: 'ranges', ranges };
}

/**
 * A Content-Range field (RFC 9110 §14.4). `length` is null for `*`; an unsatisfied range (`bytes * / 1234 without the spaces`) has no
 * `first` and `last`.
 */
export type ContentRange =
  | { readonly unit: string; readonly first: number; readonly last: number; readonly length: number | null }
  | { readonly unit: string; readonly unsatisfied: true; readonly length: number };

const CONTENT_RANGE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/;

/** Reads a Content-Range field; undefined when it is invalid, which means: do not combine it with anything. */
export function parseContentRange(value: string): ContentRange | undefined {
  const match = CONTENT_RANGE.exec(value);
  if (!match) return undefined;
  const unit = (match[1] ?? '').toLowerCase();
  const length = match[4] === '*' ? null : Number(match[4]);
  if (match[2] === undefined) return length === null ? undefined : { unit, unsatisfied: true, length };
  const [first, last] = [Number(match[2]), Number(match[3])];
  if (last < first || (length !== null && length <= last)) return undefined;
  return { unit, first, last, length };
}

/** The text of a Content-Range field. */
export function writeContentRange(range: ContentRange): string {
  if ('unsatisfied' in range) return `${range.unit} */${range.length}`;
  return `${range.unit} ${range.first}-${range.last}/${range.length ?? '*'}`;
}
