import { describe, expect } from 'vitest';
import { axeFindings, origin, test, watchLayoutShifts } from './browser';
import { settle } from './settle';
import { crawl, embedPaths, lessonPaths } from './site-map';

/** Rules that hold for every page there is, found by following links. */
const sitePages = await crawl(origin);
const pages = [...sitePages, ...embedPaths()];
const isLesson = (path: string) => lessonPaths().includes(path);

test('every written lesson can be reached from the home page', () => {
  expect(lessonPaths().filter((path) => !sitePages.includes(path))).toEqual([]);
});

describe.each(pages)('%s', (path) => {
  test.for(['phone', 'desktop'] as const)('is sound on a %s', async (viewport, { open }) => {
    const page = await open({ viewport });
    const layoutShifts = await watchLayoutShifts(page);
    const response = await page.goto(path);
    expect.soft(response?.status()).toBe(200);
    expect.soft(await settle(page), 'the network').toEqual([]);
    await page.evaluate(async () => {
      await document.fonts.ready;
      window.scrollTo(0, document.body.scrollHeight);
    });
    await page.waitForTimeout(100);
    expect.soft(await layoutShifts(), 'layout shifts').toEqual([]);
    const words = await page.locator('body').innerText();
    expect.soft(words.match(/\[[a-z]\w*(\.[\w-]+)+\]/g), 'messages that the catalogue lacks').toBeNull();
    // Opening a lesson is the first thing that is written down; everything else leaves no trace.
    if (!isLesson(path)) expect.soft(await page.context().cookies()).toEqual([]);

    for (const width of viewport === 'phone' ? [390, 320] : [1280]) {
      await page.setViewportSize({ width, height: 800 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(overflow, `sideways scroll at ${width} px`).toBeLessThanOrEqual(0);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await axeFindings(page), `axe, ${colorScheme}`).toEqual([]);
    }
  });

  test('can be read without scripts, first pictures included', async ({ open }) => {
    const page = await open({ javaScript: false });
    await page.goto(path);
    expect.soft(await page.locator('h1, h2').first().innerText()).not.toBe('');
    for (const lab of await page.locator('[data-lab]').all()) {
      expect(
        await lab.locator('svg, table, [role="img"]').count(),
        'a lab without its picture',
      ).toBeGreaterThan(0);
    }
    expect.soft(await page.context().cookies()).toEqual([]);
  });
});

test('an address that is not there is answered with 404 and a way back', async ({ open }) => {
  const page = await open({ expectedErrors: /404/ });
  const response = await page.goto('/en/learn/tcp/no-such-lesson');
  expect(response?.status()).toBe(404);
  expect(await page.locator('a[href^="/en"]').count()).toBeGreaterThan(0);
});
