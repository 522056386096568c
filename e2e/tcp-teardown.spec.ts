import { expect } from 'vitest';
import { axeFindings, test } from './browser';

test('with both safeguards off an old order is read for a new one', async ({ open }) => {
  const page = await open();
  await page.goto('/en/labs/tcp-teardown', { waitUntil: 'networkidle' });
  await page.locator('summary', { hasText: 'The same ports again' }).click();
  await page.getByRole('spinbutton', { name: /copy of the client/ }).fill('3250');
  await page.getByRole('spinbutton', { name: /opens again after/ }).fill('3000');
  await page.getByRole('spinbutton', { name: /lifetime/ }).fill('1');
  await page.getByRole('switch', { name: /Sequence numbers/ }).uncheck();
  await page.getByText('ORDER 1 PIZZA;ORDER 1 PIZZA;').first().waitFor();
  await page.getByText('Make it happen: 1 of 5').waitFor();
  expect(await axeFindings(page)).toEqual([]);
});

test('the tokens follow the steps', async ({ open }) => {
  const page = await open({ viewport: 'phone' });
  await page.goto('/en/labs/tcp-teardown', { waitUntil: 'networkidle' });
  await page.getByText(/C · Client: CLOSED · S · Server: CLOSED/).waitFor();
  await page.getByRole('slider', { name: 'Position in the run' }).press('Home');
  await page.getByText(/C · Client: FIN-WAIT-1 · S · Server: ESTABLISHED/).waitFor();
});
