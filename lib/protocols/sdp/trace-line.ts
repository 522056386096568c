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
  const after = octet + 2 + octetLength(value) + end.length;
  const line = {
    start: octet * 8,
    end: after * 8,
    name: type === 'a' ? `a=${name}` : `${type}=`,
    value,
    ref,
  };
  sink.push(known ? { ...line, note: known.meaning } : line);

  let at = octet;
  const push = (text: string, spanName: string, spanRef = ref) => {
    const start = at;
    at += octetLength(text);
    if (at > start)
      sink.push({
        start: start * 8,
        end: at * 8,
        name: spanName,
        value: text.trim() === '' ? '' : text,
        ref: spanRef,
      });
  };
  push(`${type}=`, 'type', 'RFC 8866 §5');
  const rest = type === 'a' ? value.slice(name.length + (colon < 0 ? 0 : 1)) : value;
  if (type === 'a') push(value.slice(0, value.length - rest.length), 'attribute', 'RFC 8866 §5.13');
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
