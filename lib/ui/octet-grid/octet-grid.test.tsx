import { expect, test } from 'vitest';
import type { Span } from '@/lib/bytes';
import { render, textOf } from '../testing/render.fixture';
import { OctetGrid } from './octet-grid';

const spans: Span[] = [
  { start: 0, end: 16, name: 'Source Port', value: '49152', note: 'dynamic', ref: 'RFC 9293 §3.1' },
  { start: 16, end: 32, name: 'Destination Port', value: '443' },
  { start: 32, end: 64, name: 'Sequence Number', value: '1' },
];
const bytes = Uint8Array.of(0xc0, 0, 1, 0xbb, 0, 0, 0, 1);

test('the table below the grid says every span with its note and source', () => {
  const text = textOf(render(<OctetGrid label="TCP" bytes={bytes} spans={spans} layer="transport" />));
  const table = text.slice(text.indexOf('The same as a table'));
  for (const span of spans) {
    for (const part of [span.name, span.value, span.note ?? '', span.ref ?? ''])
      expect(table).toContain(part);
  }
});

test('one field of each width is in the tab order, the pinned one', () => {
  const html = render(<OctetGrid label="TCP" bytes={bytes} spans={spans} layer="transport" selected={1} />);
  const stops = html.match(/<button[^>]*data-field="\d"[^>]*tabindex="0"[^>]*>/gi) ?? [];
  expect(stops).toHaveLength(2);
  for (const stop of stops) expect(stop).toContain('data-field="1"');
});

test('a pinned field shows its bits as switches when they may be changed', () => {
  const html = render(
    <OctetGrid
      label="TCP"
      bytes={bytes}
      spans={spans}
      layer="transport"
      selected={0}
      onChangeBit={() => {}}
    />,
  );
  expect(html.match(/aria-label="Bit \d+, now [01]"/g)).toHaveLength(16);
});

test('the dump shows offset, octets and text', () => {
  const text = textOf(
    render(
      <OctetGrid label="x" bytes={Uint8Array.of(0x47, 0x45, 0x54)} spans={[]} layer="http" layout="dump" />,
    ),
  );
  expect(text).toContain('0000 47 45 54');
  expect(text).toContain('GET');
});
