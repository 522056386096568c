import { expect } from 'vitest';
import { axeFindings, test } from './browser';

test('a packet is dropped by keyboard alone, the other end notices, and a task is done', async ({ open }) => {
  const page = await open();
  await page.goto('/en/labs/tcp-handshake', { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'SYN 100' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('.exchange-octets').getByText('Acknowledgment Number').first().waitFor();
  await page.getByRole('button', { name: 'Drop it' }).press('Enter');
  await page.getByText('Make it happen: 1 of 6').waitFor();
  const ruling = page.locator('.exchange-ruling');
  expect(await ruling.innerText()).toContain('ESTABLISHED');
  await page.getByText('On this link: server SYN-ACK #1 drop.').waitFor();
});

test('an arrow is dragged, and the run answers to where it was let go', async ({ open }) => {
  const page = await open();
  await page.goto('/en/labs/tcp-handshake', { waitUntil: 'networkidle' });
  const head = page.locator('.exchange-picture .cursor-ns-resize').first();
  await head.scrollIntoViewIfNeeded();
  const box = await head.boundingBox();
  if (!box) throw new Error('no head');
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 40, { steps: 4 });
  await page.mouse.up();
  await page.getByText(/On this link: client SYN #1 \+\d+\./).waitFor();
});

test('the flood fits on a phone and is sound', async ({ open }) => {
  const page = await open({ viewport: 'phone' });
  await page.goto('/en/labs/tcp-handshake', { waitUntil: 'networkidle' });
  await page.getByText('A flood of SYNs').click();
  await page.getByRole('spinbutton', { name: /The flood/ }).fill('40');
  await page
    .getByText(/honest client got no connection/)
    .first()
    .waitFor();
  await page.getByRole('switch', { name: 'SYN cookies' }).check();
  await page
    .getByText(/honest client has its connection/)
    .first()
    .waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await axeFindings(page)).toEqual([]);
});
