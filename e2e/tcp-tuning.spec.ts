import { expect } from 'vitest';
import { test } from './browser';

test('a learner keeps to the budget with two switches', async ({ open }) => {
  const page = await open({});
  await page.goto('/en/labs/tcp-tuning', { waitUntil: 'networkidle' });
  const flip = async (name: string) => {
    await page.getByRole('switch', { name }).focus();
    await page.keyboard.press('Space');
  };
  await page.getByRole('spinbutton', { name: 'Round trip' }).fill('60');
  await flip('One connection, kept open');
  const task = page.locator('[id="tcp-tuning.two-switches"]');
  await task.getByRole('button').click();
  expect(await task.getByRole('status').innerText()).toContain('with one switch on');
  await flip('An edge at a fifth of the way');
  await page.locator('[id="tcp-tuning.two-switches"][data-done="true"]').waitFor();
});
