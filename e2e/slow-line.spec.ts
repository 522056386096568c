import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import { test, watchLayoutShifts, type Visit } from './browser';
import { settle } from './settle';
import { startSlowLine } from './slow-line';

type Case = { path: string; viewport: NonNullable<Visit['viewport']> };

/** A page that arrives over a slow line is painted piece by piece. What came first must not move when the rest comes. */
describe('over a slow line', () => {
  const paths = ['/en', '/en/learn/tcp', '/en/learn/tcp/slow-start', '/en/labs', '/en/labs/event-stream'];
  test.for(
    paths.flatMap((path): Case[] => [
      { path, viewport: 'phone' },
      { path, viewport: 'desktop' },
    ]),
  )('nothing on $path moves as it comes to a $viewport', async ({ path, viewport }, { open }) => {
    expect(await shiftsOf(open, { path, viewport }, everLargerBlocks, 20)).toEqual([]);
  });

  // What moved once, stopped where it did.
  const stops: readonly (Case & { what: string; after: RegExp })[] = [
    {
      what: 'a number that comes before its unit',
      after: /<input[^>]*type="number"[^>]*>/g,
      path: '/en/labs/sse-live',
      // With its unit, one of them stands below its label here.
      viewport: { width: 960, height: 900 },
    },
    ...['/en/labs/head-of-line', '/en/labs/bdp'].map((path) => ({
      what: 'a fact that comes before the next',
      after: /<\/dd><\/div>/g,
      path,
      viewport: { width: 1280, height: 1000 },
    })),
  ];
  test.for(stops)('$what stays where it is on $path', async ({ path, viewport, after }, { open }) => {
    const endsOf = (html: string) =>
      [...html.matchAll(after)].map(({ index, 0: found }) => index + found.length);
    expect(await shiftsOf(open, { path, viewport }, endsOf, 300)).toEqual([]);
  });
});

/** What moved while the page came in pieces. */
async function shiftsOf(
  open: (visit: Visit) => Promise<Page>,
  { path, viewport }: Case,
  cutsIn: (html: string) => readonly number[],
  pauseMs: number,
): Promise<string[]> {
  const line = await startSlowLine(cutsIn, pauseMs);
  onTestFinished(line.close);
  const page = await open({ viewport, otherOrigins: [line.origin] });
  const layoutShifts = await watchLayoutShifts(page);
  await page.goto(line.origin + path);
  expect(line.pieces).toBeGreaterThan(1);
  expect(await settle(page), 'the network').toEqual([]);
  return layoutShifts();
}

/** The head at once, then the body in ever larger pieces that end where a block or an entry of the page's head does. */
function everLargerBlocks(html: string): number[] {
  const ends = [...html.matchAll(/<\/(a|div|h\d|header|label|li|nav|p|section|svg)>/g)].map(
    (end) => end.index,
  );
  const cuts = [html.indexOf('<body')];
  for (let size = 1; ; size *= 1.12) {
    const next = ends.find((at) => at > (cuts.at(-1) ?? 0) + size);
    if (next === undefined) return cuts;
    cuts.push(next);
  }
}
