import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from './browser';
import { field, lastLab } from './slow-start-walk';

/** Presses Tab until the focus is on what is wanted. */
async function tabTo(page: Page, role: string, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    const [, is, called = ''] = /^- (\w+)(?: "([^"]*)")?/.exec(await focused.ariaSnapshot()) ?? [];
    if (is === role && name.test(called)) return;
  }
  throw new Error(`Tab never came to the ${role} ${String(name)}`);
}

test('the lab can be worked from the keyboard alone, and left', async ({ open }) => {
  const page = await open();
  await page.goto('/en/labs/slow-start');
  await tabTo(page, 'textbox', /How long does the same response take/);
  await page.keyboard.type('300');
  await page.keyboard.press('Enter');
  await page.getByText(/Not quite/).waitFor({ timeout: 30_000 });
  expect(await field(page, 'Initial window').inputValue()).toBe('4');

  await tabTo(page, 'slider', /^Initial window/);
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await field(page, 'Initial window').inputValue())).toBeGreaterThan(4);
  await tabTo(page, 'button', /^Set Initial window to 32/);
  await page.keyboard.press('Space');
  expect(await field(page, 'Initial window').inputValue()).toBe('32');
  await lastLab(page).locator('[id="slow-start.two-bursts"][data-done=true]').waitFor();

  await tabTo(page, 'radio', /New|Reused/);
  await page.keyboard.press('ArrowRight');
  expect(await page.getByRole('radio', { name: 'Reused', exact: true }).isChecked()).toBe(true);

  await tabTo(page, 'button', /^Run/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', /^Step forward/);
  const position = page.getByRole('slider', { name: 'Position in the run' });
  const before = Number(await position.inputValue());
  await page.keyboard.press('Enter');
  await expect.poll(async () => Number(await position.inputValue())).toBe(before + 1);
  await tabTo(page, 'slider', /^Position in the run/);
  await page.keyboard.press('Home');
  expect(await position.inputValue()).toBe('0');

  // What the picture shows can be read: open the text of the run.
  await page.keyboard.press('Tab');
  for (let presses = 0; presses < 20; presses++) {
    if ((await page.locator(':focus').innerText()) === 'The run in words') break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.locator('.lab-reading li').first().waitFor();

  // And on to the page's end: nothing holds the focus.
  const seen = new Set<string>();
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    seen.add(await page.evaluate(() => document.activeElement?.tagName ?? ''));
    if (seen.has('BODY')) break;
  }
  expect(seen).toContain('BODY');
});

test('the chosen theme is there again before the first paint', async ({ open }) => {
  const page = await open({ colorScheme: 'light' });
  await page.goto('/en');
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  const dark = await paper();
  expect(dark).not.toBe(light);

  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-paint').length > 0)
        Object.assign(window, { themeAtPaint: document.documentElement.dataset['theme'] });
    }).observe({ type: 'paint', buffered: true });
  });
  for (const path of ['/en', '/en/learn/tcp/slow-start']) {
    await page.goto(path);
    expect(await paper(), path).toBe(dark);
    await expect
      .poll(() => page.evaluate(() => (window as { themeAtPaint?: string }).themeAtPaint))
      .toBe('dark');
  }
  await page.goto('/en');
  await expect.poll(() => page.getByRole('combobox', { name: 'Theme' }).inputValue()).toBe('dark');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('System');
  expect(await paper()).toBe(light);
  await page.reload();
  expect(await paper()).toBe(light);
});

test('with reduced motion nothing moves by itself, and the run can still be stepped', async ({ open }) => {
  const page = await open({ reducedMotion: 'reduce' });
  await page.goto('/en/labs/slow-start');
  const lasting = () =>
    page.evaluate(() =>
      document
        .getAnimations()
        .filter((animation) => Number(animation.effect?.getComputedTiming().activeDuration) > 1)
        .map((animation) => (animation.effect as KeyframeEffect).target?.className),
    );
  await page.getByRole('button', { name: 'Set Initial window to 4' }).click();
  expect(await lasting()).toEqual([]);
  await page.getByRole('button', { name: 'Step back' }).click();
  await page.getByRole('button', { name: 'Step forward' }).click();
  expect(await lasting()).toEqual([]);
});
