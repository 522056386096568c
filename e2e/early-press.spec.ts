import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from './browser';

const path = '/en/labs/slow-start';

/**
 * Holds back the scripts that the page's HTML does not name, which are the lab's. `asked` resolves when the page wants
 * the first of them, so when it is alive and the lab is not.
 */
async function holdLab(page: Page) {
  const html = await (await page.request.get(path)).text();
  let ask = (): void => {};
  let release = (): void => {};
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/_next/static/chunks/**', async (route) => {
    if (!html.includes(new URL(route.request().url()).pathname)) {
      ask();
      await released;
    }
    await route.continue();
  });
  return { asked, release };
}

describe('a lab that is still asleep', () => {
  test('does what was pressed as soon as it wakes', async ({ open }) => {
    const page = await open();
    const { asked, release } = await holdLab(page);
    await page.goto(path);
    await asked;
    const draw = page.getByRole('button', { name: 'Draw the window you expect' });
    const asleep = await draw.elementHandle();
    await draw.click();
    expect(await page.getByRole('slider', { name: /Your curve/ }).count()).toBe(0);
    release();
    await page.getByRole('slider', { name: /Your curve/ }).waitFor();
    // It was drawn anew: what was pressed is gone.
    expect(await asleep.evaluate((element) => element.isConnected)).toBe(false);
  });

  test('leaves the keyboard where it was when it wakes', async ({ open }) => {
    const page = await open();
    const { asked, release } = await holdLab(page);
    await page.goto(path);
    await asked;
    const field = page.getByRole('radio', { name: 'New', exact: true });
    const asleep = await field.elementHandle();
    await field.focus();
    release();
    await expect.poll(() => asleep.evaluate((element) => element.isConnected)).toBe(false);
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
