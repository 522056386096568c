import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from './browser';

const slowStart = '/en/labs/slow-start';

/**
 * Holds back the scripts that the page's HTML does not name, which are the lab's. `asked` resolves when the page wants
 * the first of them, so when it is alive and the lab is not.
 */
async function holdLab(page: Page, path: string) {
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

/** Holds back every script; `release` lets them come. */
async function holdScripts(page: Page) {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/_next/static/chunks/**/*.js', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

describe('a page whose scripts have not come', () => {
  test('keeps a press on a lab for the lab', async ({ open }) => {
    const page = await open();
    const release = await holdScripts(page);
    await page.goto(slowStart, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Draw the window you expect' }).click();
    release();
    await page.getByRole('slider', { name: /Your curve/ }).waitFor();
  });

  test('keeps a number that was typed, and lets it be said', async ({ open }) => {
    const page = await open();
    const release = await holdScripts(page);
    await page.goto('/en/learn/tcp/handshake', { waitUntil: 'commit' });
    const question = page
      .locator('form.ask-predict')
      .filter({ has: page.locator('input[inputmode=decimal]') })
      .first();
    await question.getByRole('textbox').pressSequentially('1000');
    release();
    const say = question.getByRole('button');
    await expect.poll(() => say.isEnabled()).toBe(true);
    expect(await question.getByRole('textbox').inputValue()).toBe('1000');
  });

  test('keeps what was chosen, and a disclosure open', async ({ open }) => {
    const page = await open();
    const release = await holdScripts(page);
    await page.goto('/en/learn/tcp/slow-start', { waitUntil: 'commit' });
    const question = page
      .locator('form.ask-predict')
      .filter({ has: page.locator('input[type=radio]') })
      .first();
    const checkpoint = page.locator('form.ask-checkpoint').first();
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    await question.locator('summary').click();
    await checkpoint.locator('label').first().click();
    release();
    const check = checkpoint.getByRole('button');
    await expect.poll(() => check.isEnabled()).toBe(true);
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await checkpoint.locator('input').first().isChecked()).toBe(true);
    expect(await question.locator('details').evaluate((element) => element.hasAttribute('open'))).toBe(true);
  });
});

describe('a lab that is still asleep', () => {
  test('does what was pressed as soon as it wakes', async ({ open }) => {
    const page = await open();
    const { asked, release } = await holdLab(page, slowStart);
    await page.goto(slowStart);
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
    const { asked, release } = await holdLab(page, slowStart);
    await page.goto(slowStart);
    await asked;
    const field = page.getByRole('radio', { name: 'New', exact: true });
    const asleep = await field.elementHandle();
    await field.focus();
    release();
    await expect.poll(() => asleep.evaluate((element) => element.isConnected)).toBe(false);
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('keeps what was typed and what was set', async ({ open }) => {
    const page = await open();
    const path = '/en/labs/tcp-handshake';
    const { asked, release } = await holdLab(page, path);
    await page.goto(path);
    await asked;
    const answer = page.locator('form.lab-prediction').getByRole('textbox');
    const asleep = await answer.elementHandle();
    const more = page.locator('details', { hasText: 'More settings' });
    await more.locator('summary').click();
    const slider = page.getByRole('slider', { name: 'Position in the run' });
    await slider.press('ArrowLeft');
    const set = await slider.inputValue();
    expect(set).not.toBe(await slider.getAttribute('value'));
    await answer.pressSequentially('1000');
    release();
    await expect.poll(() => asleep.evaluate((element) => element.isConnected)).toBe(false);
    await expect.poll(() => answer.inputValue()).toBe('1000');
    expect(await page.getByRole('button', { name: 'Predict and run' }).isEnabled()).toBe(true);
    expect(await slider.inputValue()).toBe(set);
    expect(await more.evaluate((element) => element.hasAttribute('open'))).toBe(true);
  });

  test('keeps what was chosen and switched, by their labels', async ({ open }) => {
    const page = await open();
    const path = '/en/labs/tcp-tuning';
    const { asked, release } = await holdLab(page, path);
    await page.goto(path);
    await asked;
    const article = page.getByRole('radio', { name: 'Article' });
    const compress = page.getByRole('switch', { name: 'Text compressed' });
    const asleep = await compress.elementHandle();
    await page.locator('label').filter({ has: article }).click();
    await page
      .locator('label')
      .filter({ has: compress })
      .click({ position: { x: 90, y: 10 } });
    expect(await compress.isChecked()).toBe(true);
    release();
    await expect.poll(() => asleep.evaluate((element) => element.isConnected)).toBe(false);
    await expect.poll(() => article.isChecked()).toBe(true);
    expect(await compress.isChecked()).toBe(true);
  });
});
