import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { axeFindings, test } from './browser';
import { settle } from './settle';

const path = '/en/labs/sliding-window';

const position = (page: Page) => page.getByRole('slider', { name: 'Position in the run' });
const transport = (page: Page) => page.locator('.lab-frame-transport');
const verdictOf = (page: Page, words: string) => page.locator('.lab-tasks li', { hasText: words });

async function openLab(page: Page): Promise<void> {
  await page.goto(path);
  await settle(page);
}

describe('the sliding window', () => {
  test('stands in the HTML with its whole run, before any script', async ({ open }) => {
    const page = await open({ javaScript: false });
    await page.goto(path);
    // textContent, not what is seen: a development server streams the lab into a hidden place first.
    expect(await page.locator('.window-ribbon').textContent()).toContain('SND.UNA 17,520');
    expect(await transport(page).textContent()).toContain('The application has read all 17,520 octets');
  });

  test('steps back by keyboard, and the ribbon follows', async ({ open }) => {
    const page = await open();
    await openLab(page);
    await position(page).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    expect(await transport(page).innerText()).toContain(
      '4 segments go, 5,840 octets; 11,680 wait for the window.',
    );
    const key = page.locator('.window-ribbon li', { hasText: 'sent, not acknowledged' });
    expect(await key.innerText()).toContain('5,840');
  });

  test('shows the stall, and lets it be cured by keyboard at the sender', async ({ open }) => {
    const page = await open({ viewport: 'phone' });
    await openLab(page);
    await page.getByRole('button', { name: 'Two small writes' }).press('Enter');
    expect(await page.locator('.window-readout').innerText()).toMatch(/239 ms/);
    await page.getByRole('switch', { name: 'Nagle’s algorithm' }).press('Space');
    expect(await page.locator('.window-readout').innerText()).toMatch(/Last octet read after\s+21 ms/);
    const task = verdictOf(page, 'remove it at the sender only');
    await task.locator('xpath=self::*[@data-done="true"]').waitFor();
  });

  test.for(['Lost window update', 'Nobody reads', 'Silly windows', 'Long path'])(
    'has nothing for axe to find, and no sideways scroll, in "%s"',
    async (scenario, { open }) => {
      const page = await open({ viewport: { width: 320, height: 800 }, colorScheme: 'dark' });
      await openLab(page);
      await page.getByRole('button', { name: scenario }).click();
      expect.soft(await axeFindings(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect((await page.locator('body').innerText()).match(/\[[a-z]\w*(\.[\w-]+)+\]/g)).toBeNull();
    },
  );
});
