import { describe, expect } from 'vitest';
import { axeFindings, origin, test, watchLayoutShifts } from './browser';
import { cutWords } from './cut-words';
import { settle } from './settle';
import { crawl, embedPaths, lessonPaths } from './site-map';

/** Rules that hold for every page there is, found by following links. */
const sitePages = await crawl(origin);
const pages = [...sitePages, ...embedPaths()];
const isLesson = (path: string) => lessonPaths().includes(path);

/** Each page in both: every colour and every width is seen, if not each with each. */
const visits = [
  { viewport: 'phone', colorScheme: 'light', widths: [390, 320] },
  { viewport: 'desktop', colorScheme: 'dark', widths: [1280] },
] as const;

test('every written lesson can be reached from the home page', () => {
  expect(lessonPaths().filter((path) => !sitePages.includes(path))).toEqual([]);
});

test('/ leads to the first language', async () => {
  const answer = await fetch(origin, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([307, '/en']);
});

describe.each(pages)('%s', (path) => {
  test.for(visits)('is sound on a $viewport, $colorScheme', async (visit, { open }) => {
    const page = await open({ viewport: visit.viewport, colorScheme: visit.colorScheme });
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

    expect.soft(await axeFindings(page), 'axe').toEqual([]);
    for (const width of visit.widths) {
      await page.setViewportSize({ width, height: 800 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(overflow, `sideways scroll at ${width} px`).toBeLessThanOrEqual(0);
      if (width > 320) expect.soft(await cutWords(page), `cut at ${width} px`).toEqual([]);
    }
  });

  test('can be read without scripts, first pictures included', async ({ open }) => {
    const page = await open({ javaScript: false });
    await page.goto(path);
    expect.soft(await page.locator('h1, h2').first().innerText()).not.toBe('');
    for (const lab of await page.locator('[data-lab]').all()) {
      const pictures = await lab.locator('svg, table, [role="img"]').all();
      const seen = await Promise.all(pictures.map((picture) => picture.isVisible()));
      expect(seen, 'a lab without its picture').toContain(true);
    }
    expect.soft(await page.context().cookies()).toEqual([]);
  });
});

test.for(['phone', 'desktop'] as const)(
  'nothing moves on a %s for someone who comes back',
  async (viewport, { open }) => {
    const page = await open({ viewport });
    await page.goto('/en/learn/tcp/slow-start');
    await page.locator('#predict-window-of-ten input').fill('208');
    await page.keyboard.press('Enter');
    await page.locator('[data-save-status=saved]').waitFor();
    const layoutShifts = await watchLayoutShifts(page);
    for (const path of ['/en', '/en/learn/tcp']) {
      await page.goto(path);
      await page.locator('.hero-start').getByText('Go on with').waitFor();
      await settle(page);
      expect.soft(await layoutShifts(), path).toEqual([]);
    }
  },
);

test.for(['/en/learn/tcp/no-such-lesson', '/en/nowhere', '/nowhere/at/all'])(
  '%s is answered with 404, in words, and a way back',
  async (path, { open }) => {
    const page = await open({ expectedErrors: /404/ });
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect.soft(await axeFindings(page)).toEqual([]);
    await page.getByRole('main').getByRole('link').click();
    await page.waitForURL('**/en');
  },
);
