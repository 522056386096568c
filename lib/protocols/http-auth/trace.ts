import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { parseQuotedString } from '../http1';

/**
 * The spans of challenges or credentials, part by part as they are read (RFC 9110 §11). One character is one octet, for
 * a field's octets are read as characters one by one.
 */
export class AuthTrace {
  private readonly fields: FieldTrace;

  constructor(sink: TraceSink) {
    this.fields = new FieldTrace(sink, 'RFC 9110 §11.2');
  }

  scheme(text: string): void {
    this.put('scheme', text, 'RFC 9110 §11.1');
  }

  /** A token68 and the white space behind it (RFC 9110 §11.2). */
  token68(token68: string, whole: string): void {
    this.put('token68', token68);
    this.separators(whole.slice(token68.length));
  }

  /** Name, "=", value as written, and the white space around them (RFC 9110 §11.2; a realm §11.5). */
  parameter(name: string, raw: string, whole: string): void {
    const equals = whole.indexOf('=');
    const start = whole.indexOf(raw, equals + 1);
    const ref = name.toLowerCase() === 'realm' ? 'RFC 9110 §11.5' : 'RFC 9110 §11.2';
    this.put('parameter name', name, ref);
    this.separators(whole.slice(name.length, equals));
    this.put('delimiter', '=');
    this.separators(whole.slice(equals + 1, start));
    if (raw.startsWith('"')) {
      const value = parseQuotedString(raw) ?? '';
      this.fields.field(raw.length * 8, 'parameter value', value, 'quoted string, RFC 9110 §5.6.4', ref);
    } else this.put('parameter value', raw, ref);
    this.separators(whole.slice(start + raw.length));
  }

  /** Commas one by one (RFC 9110 §5.6.1) and runs of white space (§5.6.3). */
  separators(text: string): void {
    if (text === '') return;
    for (const run of text.split(/(,)/))
      if (run === ',') this.put('delimiter', run, 'RFC 9110 §5.6.1');
      else this.put('white space', run, 'RFC 9110 §5.6.3');
  }

  private put(name: string, text: string, ref?: string): void {
    this.fields.field(text.length * 8, name, text, undefined, ref);
  }
}
