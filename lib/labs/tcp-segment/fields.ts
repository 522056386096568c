import type { Span } from '@/lib/bytes';
import type { MessageRef } from '@/lib/text/text';

/** A field as it lies in the octets: `id` names it in the catalogue (`fields.<id>`), `value` says what it holds. */
export type Field = { id: string; start: number; end: number; ref: string; value: MessageRef };

/** The engine's spans with names and values of the catalogue: "Maximum Segment Size: Value" is `maximum-…-value`. */
export function fieldsOf(spans: readonly Span[], octets: Uint8Array): Field[] {
  return spans.map(({ name, value, start, end, ref = '' }) => {
    const id = name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
    return { id, start, end, ref, value: valueOf(id, value, start, end, octets) };
  });
}

function valueOf(id: string, value: string, start: number, end: number, octets: Uint8Array): MessageRef {
  const n = numberAt(octets, start, Math.min(end, start + 32));
  const hex = `0x${n.toString(16).padStart((end - start) / 4, '0')}`;
  if (end - start === 1) return { key: n === 1 ? 'values.set' : 'values.unset' };
  if (value.startsWith('means nothing')) return { key: 'values.ignored' };
  if (id.endsWith('-port') || id === 'data-offset') return plain(String(n));
  switch (id) {
    case 'checksum':
      return { key: `values.checksum.${value.split(', ')[1]?.replace(' ', '-') ?? ''}`, values: { hex } };
    case 'window-scale-shift':
      return { key: 'values.shift', values: { shift: n, factor: 2 ** n } };
    case 'sequence-number':
    case 'acknowledgment-number':
    case 'window':
    case 'urgent-pointer':
      return { key: 'values.number', values: { n } };
    case 'data':
    case 'padding':
      return { key: 'values.octets', values: { n: (end - start) / 8 } };
    case 'maximum-segment-size-value':
      return { key: 'values.octets', values: { n } };
    case 'fast-open-cookie-value':
    case 'unknown-option-data':
      return plain(value);
  }
  if (id.endsWith('-length')) return { key: 'values.octets', values: { n } };
  // The first octet of an option is its kind.
  return end - start === 8 ? { key: 'values.kind', values: { n } } : { key: 'values.number', values: { n } };
}

const plain = (text: string): MessageRef => ({ key: 'values.plain', values: { text } });

function numberAt(octets: Uint8Array, start: number, end: number): number {
  let n = 0;
  for (let bit = start; bit < end; bit++) n = n * 2 + (((octets[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return n;
}
