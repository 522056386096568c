import { describe, expect, test } from 'vitest';
import { render, textOf } from '../testing/render.fixture';
import { layOutFlags } from './flags';
import { WindowRibbon, type RibbonRow } from '.';

const row: RibbonRow = {
  id: 'sender',
  label: 'Sender',
  parts: [
    { id: 'done', label: 'acknowledged', from: 0, to: 1000, fill: 'solid', layer: 'transport' },
    { id: 'out', label: 'in flight', from: 1000, to: 3000, fill: 'stripes', layer: 'transport' },
    { id: 'none', label: 'must wait', from: 3000, to: 3000, fill: 'blank', layer: 'http' },
  ],
  pointers: [
    { id: 'una', label: 'SND.UNA', at: 1000 },
    { id: 'nxt', label: 'SND.NXT', at: 3000 },
  ],
  bracket: { from: 1000, to: 5000, label: 'SND.WND' },
};
const ribbon = (domain: readonly [number, number]) =>
  render(<WindowRibbon label="The stream" rows={[row]} domain={domain} axisLabel="octets" />);

describe('the ribbon', () => {
  test('says every part in words and numbers, also the empty ones', () => {
    const text = textOf(ribbon([0, 10_000]));
    expect(text).toContain('acknowledged 1,000 1,000, from 0 to 1,000');
    expect(text).toContain('in flight 2,000 2,000, from 1,000 to 3,000');
    expect(text).toContain('must wait 0 none');
  });

  test('draws what lies within the domain, to scale', () => {
    const html = ribbon([0, 10_000]);
    expect(html).toMatch(/<rect x="10%"[^>]* width="20%"/);
    expect(ribbon([2000, 4000])).toMatch(/<rect x="0%"[^>]* width="50%"/);
  });

  test('draws nothing of an empty part or of one outside', () => {
    const bands = (html: string) => html.match(/height="34"/g)?.length;
    expect(bands(ribbon([0, 10_000]))).toBe(2);
    expect(bands(ribbon([5000, 6000]))).toBeUndefined();
  });

  test('names pointers and the bracket with their numbers', () => {
    const text = textOf(ribbon([0, 10_000]));
    for (const words of ['SND.UNA 1,000', 'SND.NXT 3,000', 'SND.WND 4,000']) expect(text).toContain(words);
  });
});

test('no line of a pointer runs through the words of another', () => {
  expect(layOutFlags([0.5, 0.5])).toEqual([
    { lane: 0, lean: 'left' },
    { lane: 1, lean: 'right' },
  ]);
  expect(layOutFlags([0.1, 0.2])).toEqual([
    { lane: 0, lean: 'right' },
    { lane: 1, lean: 'right' },
  ]);
  expect(layOutFlags([0.8, 0.9])).toEqual([
    { lane: 1, lean: 'left' },
    { lane: 0, lean: 'left' },
  ]);
});
