import type { FieldTrace } from '@/lib/bytes';
import type { QuotedString } from './quoted-string';

const QUOTED_SECTION = 'Fetch §2.2';

/** White space (MIME Sniffing §4.4), if there is any. */
export function traceSpace(fields: FieldTrace, space: string): void {
  fields.field(space.length * 8, 'white space', space);
}

/** What stands between `=` and the next semicolon (MIME Sniffing §4.4). */
export function traceValue(
  fields: FieldTrace,
  raw: string,
  read: { value: string; quoted: QuotedString | undefined; valueStart: number; isKept: boolean },
): void {
  const note = read.isKept ? undefined : 'left out: broken, or its name was there before';
  if (!read.quoted) {
    fields.field(read.value.length * 8, 'parameter value', read.value, note);
    traceSpace(fields, raw.slice(read.value.length));
    return;
  }
  const { end, isClosed } = read.quoted;
  const length = end - read.valueStart;
  const quotes = isClosed ? 2 : 1;
  fields
    .field(8, 'quote', '"', undefined, QUOTED_SECTION)
    .field((length - quotes) * 8, 'parameter value', read.value, note, QUOTED_SECTION)
    .field((quotes - 1) * 8, 'quote', '"', undefined, QUOTED_SECTION)
    .field((raw.length - length) * 8, 'ignored', raw.slice(length), 'what follows the quote does not count');
}
