import { expect } from 'vitest';
import { test } from './browser';

test('a learner loses a segment for which nobody waits, and reads of it in words', async ({ open }) => {
  const page = await open({ viewport: 'phone' });
  await page.goto('/en/labs/head-of-line', { waitUntil: 'networkidle' });
  await page.getByRole('slider', { name: 'Lost segment' }).focus();
  await page.keyboard.press('End');
  await page.locator('[id="head-of-line.nobody"][data-done="true"]').waitFor();
  await page.getByText('The run in words').click();
  const words = await page.locator('.lab-reading').innerText();
  expect(words).toContain('retransmission timer expires');
  expect(words).toContain('No message was held back.');
});
