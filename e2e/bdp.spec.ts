import { expect } from 'vitest';
import { test } from './browser';

test('a learner predicts what a faster line brings, and fills a far line, by keyboard alone', async ({
  open,
}) => {
  const page = await open({});
  await page.goto('/en/labs/bdp', { waitUntil: 'networkidle' });
  await page.getByLabel('Hardly at all').focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Predict and run' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('As you said.').waitFor();

  const type = async (name: string, value: string) => {
    await page.getByRole('spinbutton', { name }).focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(value);
    await page.keyboard.press('Tab');
  };
  const scaling = page.getByRole('switch', { name: 'Window scaling' });
  await scaling.focus();
  await page.keyboard.press('Space');
  await type('Receive buffer', '10200000');
  await type('Congestion window', '10200000');
  await page.locator('[id="bdp.fill"][data-done="true"]').waitFor();
  expect(await page.getByText('at least what the pipe holds').isVisible()).toBe(true);
});
