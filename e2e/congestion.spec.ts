import { expect } from 'vitest';
import { test } from './browser';

const labPage = '/en/labs/congestion';

test('a slider of the congestion lab, moved by key, runs and draws again', async ({ open }) => {
  const page = await open();
  await page.goto(labPage, { waitUntil: 'networkidle' });
  const lab = page.locator('[data-lab="congestion"]');
  const shares = lab.locator('.congestion-shares');
  const before = await shares.innerText();
  await lab.getByRole('slider', { name: 'Queue', exact: true }).focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press('PageDown');
  await expect.poll(() => shares.innerText()).not.toBe(before);
  expect(await lab.getAttribute('data-touched')).toBe('true');
});

test('predicting, by keyboard alone, runs the prediction’s own settings and says why', async ({ open }) => {
  const page = await open({ viewport: 'phone', reducedMotion: 'reduce' });
  await page.goto(labPage, { waitUntil: 'networkidle' });
  const lab = page.locator('[data-lab="congestion"]');
  await lab.getByRole('radio', { name: 'One', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await lab.locator('.lab-prediction-outcome [data-right="true"]').waitFor({ timeout: 20_000 });
  expect(await lab.locator('.congestion-shares tbody tr').count()).toBe(1);
  expect(await lab.getByRole('group', { name: /acknowledgements of flow A/ }).isVisible()).toBe(true);
});

test('a segment chosen in the ladder is lost, and the reading tells what the sender made of it', async ({
  open,
}) => {
  const page = await open();
  await page.goto(labPage, { waitUntil: 'networkidle' });
  const lab = page.locator('[data-lab="congestion"]');
  await lab.getByRole('radio', { name: 'All that were unacknowledged' }).check();
  await lab.getByRole('button', { name: 'Predict and run' }).click();
  await lab.locator('.lab-prediction-outcome [data-right="false"]').waitFor({ timeout: 20_000 });
  await lab.getByRole('button', { name: '20', exact: true }).first().press('Enter');
  await lab.getByRole('button', { name: 'Lose segment 20' }).click();
  await expect.poll(() => lab.getByRole('textbox', { name: 'Segments to lose' }).inputValue()).toBe('9, 20');
  const reading = await lab.locator('.lab-reading').textContent();
  expect(reading).toContain('Segment 20 of flow A is lost on the way.');
  expect(reading).toContain('sends segment 9 again at once');
});
