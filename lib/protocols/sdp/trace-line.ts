import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { findAttribute } from './grammar/attributes';
import { findLineType } from './grammar/line-types';
import { splitByTemplate } from './grammar/template';
import { octetLength } from './octets';

/**
 * The spans of one line: first the whole line with what it is for, then, within it and without a gap, what it is made
 * of. Answers the octet after the line. Unknown letters and attributes, and values that break their grammar, are one
 * field.
 */
export function traceLine(
  sink: TraceSink,
  { octet, type, value, end }: { octet: number; type: string; value: string; end: string },
): number {
  const colon = type === 'a' ? value.indexOf(':') : -1;
  const name = type !== 'a' ? type : colon < 0 ? value : value.slice(0, colon);
  const known = type === 'a' ? findAttribute(name) : findLineType(type);
  const ref = known?.ref ?? (type === 'a' ? 'RFC 8866 §5.13' : 'RFC 8866 §5');
  const octets = octetLength(value);
  const isAscii = octets === value.length;
  const bitsOf = (text: string) => (isAscii ? text.length : octetLength(text)) * 8;
  const after = octet + 2 + octets + end.length;
  const [start, stop, shown] = [octet * 8, after * 8, type === 'a' ? `a=${name}` : `${type}=`];
  sink.push(
    known
      ? { start, end: stop, name: shown, value, note: known.meaning, ref }
      : { start, end: stop, name: shown, value, ref },
  );

  const fields = new FieldTrace(sink, ref, octet).field(16, 'type', `${type}=`, undefined, 'RFC 8866 §5');
  let rest = value;
  if (type === 'a') {
    const attribute = colon < 0 ? name : value.slice(0, colon + 1);
    fields.field(bitsOf(attribute), 'attribute', attribute, undefined, 'RFC 8866 §5.13');
    rest = value.slice(attribute.length);
  }
  const parts = known?.template === undefined ? undefined : splitByTemplate(known.template, rest);
  for (const part of parts ?? [{ name: 'value', text: rest }])
    fields.field(bitsOf(part.text), part.name ?? 'separator', part.text);
  fields.field(end.length * 8, 'line end', end, undefined, 'RFC 8866 §9');
  return after;
}
