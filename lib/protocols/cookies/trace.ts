import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { octetsOf } from './octets';
import { trimWsp } from './white-space';

// Text is counted in UTF-8 octets, as the limits are. All cuts are at ASCII characters, so no surrogate pair is cut.

type Names = { readonly name: string; readonly value: string };

const COOKIE_NAMES: Names = { name: 'cookie name', value: 'cookie value' };
const ATTRIBUTE_NAMES: Names = { name: 'attribute name', value: 'attribute value' };

const ATTRIBUTE_SECTIONS: ReadonlyMap<string, string> = new Map([
  ['expires', '§5.6.1'],
  ['max-age', '§5.6.2'],
  ['domain', '§5.6.3'],
  ['path', '§5.6.4'],
  ['secure', '§5.6.5'],
  ['httponly', '§5.6.6'],
  ['samesite', '§5.6.7'],
]);

/** The spans of a Set-Cookie field's value, part by part as it is read (RFC 6265bis §5.6). */
export class SetCookieTrace {
  private readonly fields: FieldTrace;

  constructor(sink: TraceSink) {
    this.fields = new FieldTrace(sink, 'RFC 6265bis §5.6');
  }

  /** The name and value in front of the first ";" (RFC 6265bis §5.6). */
  cookie(text: string): void {
    this.pair(text, COOKIE_NAMES, 'value');
  }

  /** A ";" and the attribute behind it (RFC 6265bis §5.6.1 to §5.6.7); `note` says why it does not count. */
  attribute(text: string, lowerName: string, note: string | undefined): void {
    this.fields.field(8, 'delimiter', ';');
    const section = ATTRIBUTE_SECTIONS.get(lowerName) ?? '§5.6';
    this.pair(text, ATTRIBUTE_NAMES, 'name', note, `RFC 6265bis ${section}`);
  }

  private pair(text: string, names: Names, otherwise: keyof Names, note?: string, ref?: string): void {
    const at = text.indexOf('=');
    const put = (name: string) => (core: string) =>
      this.fields.field(octetsOf(core) * 8, name, core, note, ref);
    if (at < 0) return trimmed(this.fields, text, put(names[otherwise]));
    trimmed(this.fields, text.slice(0, at), put(names.name));
    this.fields.field(8, 'delimiter', '=');
    trimmed(this.fields, text.slice(at + 1), put(names.value));
  }
}

/** The spans of a Cookie field's value (RFC 6265bis §4.2.1): white space around "=" is of the name and the value. */
export function traceCookies(sink: TraceSink, header: string): void {
  const fields = new FieldTrace(sink, 'RFC 6265bis §4.2.1');
  const put = (name: string, text: string) => fields.field(octetsOf(text) * 8, name, text);
  for (const [index, part] of header.split(';').entries()) {
    if (index > 0) put('delimiter', ';');
    trimmed(fields, part, (pair) => {
      const at = pair.indexOf('=');
      if (at < 0) return put(COOKIE_NAMES.value, pair);
      put(COOKIE_NAMES.name, pair.slice(0, at));
      put('delimiter', '=');
      return put(COOKIE_NAMES.value, pair.slice(at + 1));
    });
  }
}

/** White space, what is between, white space. */
function trimmed(fields: FieldTrace, text: string, put: (core: string) => unknown): void {
  const core = trimWsp(text);
  const start = core === '' ? text.length : text.indexOf(core);
  const space = (run: string) => fields.field(octetsOf(run) * 8, 'white space', run);
  space(text.slice(0, start));
  put(core);
  space(text.slice(start + core.length));
}
