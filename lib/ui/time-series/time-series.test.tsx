import fc from 'fast-check';
import { expect, test } from 'vitest';
import { render, textOf } from '../testing/render.fixture';
import { curveErrors, drawStroke, withPoint } from './curve';
import { findVisibleSamples } from './downsample';
import { placeMarks } from './mark-lanes';
import { valueAt } from './samples';
import { TimeSeries } from './time-series';

test('downsampling keeps the first, the last and every extreme of a column', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 300, maxLength: 900 }),
      fc.integer({ min: 5, max: 60 }),
      (ys, columns) => {
        const xs = ys.map((_, i) => i);
        const domain = [0, ys.length] as const;
        const visible = findVisibleSamples({ xs, ys }, domain, columns);
        expect(visible.length).toBeLessThanOrEqual(4 * (columns + 1));
        expect(visible).toEqual([...visible].sort((a, b) => a - b));
        expect(visible[0]).toBe(0);
        expect(visible.at(-1)).toBe(ys.length - 1);
        const seen = visible.map((i) => ys[i] ?? 0);
        expect(Math.max(...seen)).toBe(Math.max(...ys));
        expect(Math.min(...seen)).toBe(Math.min(...ys));
      },
    ),
  );
});

test('a step holds its value, a line goes between, and neither goes beyond its samples', () => {
  const samples = { xs: [0, 10], ys: [1, 3] };
  expect(valueAt(samples, 5, 'step')).toBe(1);
  expect(valueAt(samples, 5, 'line')).toBe(2);
  expect(valueAt(samples, -1)).toBeUndefined();
  expect(valueAt(samples, 11)).toBeUndefined();
});

test('a fast stroke leaves no column out', () => {
  const columns = [0, 1, 2, 3, 4];
  const drawn = drawStroke([], columns, [0, 0], [4, 8], 1);
  expect(drawn).toEqual([
    [0, 0],
    [1, 2],
    [2, 4],
    [3, 6],
    [4, 8],
  ]);
  expect(withPoint(drawn, 2, null, 1)).toHaveLength(4);
});

test('the error of a drawn curve is drawn minus real, column by column', () => {
  const real = { xs: [0, 1, 2], ys: [10, 20, 40] };
  expect(
    curveErrors(
      [
        [1, 14],
        [9, 1],
      ],
      real,
    ),
  ).toEqual([{ x: 1, drawn: 14, real: 20, error: -6 }]);
});

test('labels of marks in one lane do not touch', () => {
  const places = placeMarks([
    { share: 0.1, label: 'first loss' },
    { share: 0.12, label: 'second loss' },
    { share: 0.98, label: 'end' },
  ]);
  expect(places[0]?.lane).not.toBe(places[1]?.lane);
  expect(places[2]?.side).toBe('left');
});

test('the table holds every series, and each has a letter and a dash besides its hue', () => {
  const series = ['Reno', 'CUBIC', 'BBR'].map((label, i) => ({
    id: label,
    label,
    points: [
      [0, 1 + i],
      [1, 2 + i],
    ] as const,
  }));
  const html = render(<TimeSeries label="Windows" series={series} xLabel="Time" xUnit="s" yLabel="cwnd" />);
  const text = textOf(html);
  const table = text.slice(text.indexOf('The same as a table'));
  for (const one of series) expect(table).toContain(one.label);
  for (const letter of ['A', 'B', 'C']) expect(text).toContain(` ${letter} `);
  expect(html).toContain('stroke-dasharray="7 4"');
});

test('while the learner draws, the curve is a slider that names its column', () => {
  const html = render(
    <TimeSeries
      label="Predict"
      series={[]}
      xLabel="Time"
      yLabel="cwnd"
      yDomain={[0, 50]}
      drawing={{ label: 'Your curve', columns: [0, 56], points: [[0, 10]], onDraw: () => {}, step: 1 }}
    />,
  );
  expect(html).toContain('aria-valuetext="Column 1 of 2, at 0: 10"');
});
