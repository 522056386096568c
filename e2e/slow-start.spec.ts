import { describe, expect } from 'vitest';
import { test } from './browser';
import { settle } from './settle';

describe('slow start', () => {
  test('lets the curve be drawn by keyboard before the run, and lays the two over one another', async ({
    open,
  }) => {
    const page = await open();
    await page.goto('/en/labs/slow-start');
    await settle(page);
    const picture = page.locator('.slow-start-picture');
    await page.getByRole('button', { name: 'Draw the window you expect' }).click();
    // While one draws, neither the packets nor the numbers give the answer away.
    expect(await picture.getByRole('button', { name: /20 segments/ }).count()).toBe(0);
    expect(await page.getByText('They agree.').isVisible()).toBe(false);

    const curve = page.getByRole('slider', { name: /Your curve/ });
    await curve.focus();
    // Each column starts from the one before it: 10, 20, 30.
    for (let burst = 1; burst <= 3; burst++) {
      await page.keyboard.press('PageUp');
      await page.keyboard.press('ArrowRight');
    }
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect
      .poll(() => picture.getByRole('button', { name: /20 segments/ }).count(), { timeout: 20_000 })
      .toBe(1);
    expect(await page.getByText('They agree.').isVisible()).toBe(true);
    // The third window was 40 segments; the curve that grows by ten each time is ten short there.
    expect(await picture.textContent()).toContain('Your curve');
  });
});
