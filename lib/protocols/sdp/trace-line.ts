import type { TraceSink } from '@/lib/bytes';
import { findAttribute } from './grammar/attributes';
import { findLineType } from './grammar/line-types';
import type { FieldPlace } from './grammar/template';
import { placeFields } from './grammar/template';
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
  const lengthOf = octets === value.length ? (text: string) => text.length : octetLength;
  const after = octet + 2 + octets + end.length;
  const [start, stop, shown] = [octet * 8, after * 8, type === 'a' ? `a=${name}` : `${type}=`];
  sink.push(
    known
      ? { start, end: stop, name: shown, value, note: known.meaning, ref }
      : { start, end: stop, name: shown, value, ref },
  );

  let at = octet;
  const push = (text: string, spanName: string, spanRef = ref) => {
    if (text === '') return;
    const from = at;
    at += lengthOf(text);
    sink.push({ start: from * 8, end: at * 8, name: spanName, value: text, ref: spanRef });
  };
  push(`${type}=`, 'type', 'RFC 8866 §5');
  const rest = type === 'a' ? value.slice(name.length + (colon < 0 ? 0 : 1)) : value;
  if (type === 'a') push(colon < 0 ? name : `${name}:`, 'attribute', 'RFC 8866 §5.13');
  let index = 0;
  for (const place of placesOf(known?.template, rest)) {
    push(rest.slice(index, place.start), 'separator');
    push(place.text, place.name);
    index = place.end;
  }
  push(rest.slice(index), 'separator');
  push(end, 'line end', 'RFC 8866 §9');
  return after;
}

function placesOf(template: string | undefined, value: string): FieldPlace[] {
  const whole = { name: 'value', text: value, start: 0, end: value.length };
  return (template === undefined ? undefined : placeFields(template, value)) ?? [whole];
}
