import { describe, expect } from 'vitest';
import { encodeCapsule, MAX_CAPSULE_LENGTH } from '@/lib/labs/capsule';
import { test } from './browser';
import { settle } from './settle';
import { field, lastLab } from './slow-start-walk';

const params = { bytes: 30_000, rttMs: 80, initialCwnd: 4 };
const good = encodeCapsule({ v: 1, lab: 'slow-start', params });

const bad = {
  'is no base64': ['%00***', /cannot be read/],
  'was cut when it was copied': [good.slice(0, -7), /cannot be read/],
  'is another lab’s': [encodeCapsule({ v: 1, lab: 'congestion', params: {} }), /another lab/],
  'is too long': ['A'.repeat(MAX_CAPSULE_LENGTH + 1), /too long/],
  'asks for what the lab does not allow': [
    encodeCapsule({ v: 1, lab: 'slow-start', params: { initialCwnd: 1e9 } }),
    /does not allow/,
  ],
} as const;

describe.each(['/en/labs/slow-start', '/embed/slow-start'])('%s', (path) => {
  test.for(Object.entries(bad))(
    'opens at its defaults and says so if the capsule %s',
    async ([, [text, reason]], { open }) => {
      const page = await open();
      await page.goto(`${path}#${text}`);
      await page.getByRole('status').filter({ hasText: reason }).waitFor();
      expect(await field(page, 'Initial window').inputValue()).toBe('10');
      expect(await field(page, 'Response').inputValue()).toBe('65535');
      // It works all the same.
      await field(page, 'Initial window').fill('4');
      await lastLab(page).getByText('4 rounds, 224 ms').first().waitFor();
    },
  );

  test('opens what a capsule says, and follows the address', async ({ open }) => {
    const page = await open();
    await page.goto(`${path}#${good}`);
    await expect.poll(() => field(page, 'Response').inputValue()).toBe('30000');
    expect(await page.locator('.lab-frame-notice').count()).toBe(0);
    const other = encodeCapsule({ v: 1, lab: 'slow-start', params: { bytes: 15_000 } });
    await page.evaluate((hash) => (location.hash = hash), other);
    await expect.poll(() => field(page, 'Response').inputValue()).toBe('15000');
  });

  test('what is shared opens the same for someone else', async ({ open }) => {
    const page = await open();
    await page.goto(path);
    await settle(page);
    await field(page, 'Initial window').fill('3');
    await field(page, 'Round trip').fill('123');
    await lastLab(page).getByRole('button', { name: 'Step back' }).click();
    const told = await lastLab(page).getByRole('group', { name: 'Run controls' }).locator('p').innerText();
    const links = lastLab(page).getByText('Share or take away');
    await links.click();
    const link = await page.getByRole('textbox', { name: 'Link to this state' }).inputValue();
    const html = await page.getByRole('textbox', { name: 'HTML that shows it' }).inputValue();

    for (const address of [link, /src="([^"]+)"/.exec(html)?.[1] ?? '']) {
      const other = await open();
      await other.goto(address);
      await expect.poll(() => field(other, 'Initial window').inputValue()).toBe('3');
      expect(await field(other, 'Round trip').inputValue()).toBe('123');
      const step = lastLab(other).getByRole('group', { name: 'Run controls' }).locator('p');
      await expect.poll(() => step.innerText()).toBe(told);
    }
  });
});
