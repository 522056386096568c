import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFindings, test } from './browser';

const PAGE = '/en/labs/tcp-segment';
const verdict = (page: Page) => page.locator('.lab-verdict').innerText();

/** The field's cell in the picture that is shown at this width. */
const cell = (page: Page, name: string) =>
  page.locator(`button[data-field][aria-label^="${name}:"]:visible`).first();

test('a bit is turned over with the keyboard alone, and the checksum no longer holds until repaired', async ({
  open,
}) => {
  const page = await open();
  await page.goto(PAGE, { waitUntil: 'networkidle' });
  expect(await verdict(page)).toContain('The checksum 0x4298 holds.');

  await cell(page, 'SYN').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const bit = page.getByRole('button', { name: 'Bit 111, now 0' });
  await bit.focus();
  await page.keyboard.press('Space');
  expect(await verdict(page)).toContain('it is 0x4298 and should be 0x4297');
  expect(await verdict(page)).toContain('FIN: octet 13, bit 7');

  await page.getByRole('button', { name: 'Repair the checksum' }).press('Enter');
  expect(await verdict(page)).toContain('The checksum 0x4297 holds.');
});

test('a pasted IP packet is read, what is no hex is named where it stands', async ({ open }) => {
  const page = await open({ viewport: 'phone' });
  await page.goto(PAGE, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Paste octets' }).click();
  const octets = page.getByRole('textbox', { name: 'The whole segment in hexadecimal' });
  await octets.fill('eb 46 xx');
  expect(await page.locator('[data-lab="tcp-segment"] [data-panel]').innerText()).toContain(
    'HEX_INVALID_CHARACTER. Character 6 is no hexadecimal digit.',
  );
  await octets.fill('45000028000040004006b6c7c0000207c00002010051898a00000000e70ac75f50140000f3810000');
  expect(await verdict(page)).toContain('192.0.2.7:81 to 192.0.2.1:35210');
  expect(await verdict(page)).toContain('The checksum 0xf381 holds.');
});

test('composing solves a task: the SYN-ACK for the last sequence number there is', async ({ open }) => {
  const page = await open();
  await page.goto(PAGE, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Compose' }).click();
  const field = page.locator('[data-lab="tcp-segment"] [data-panel]');
  await field.getByRole('switch', { name: 'ACK', exact: true }).check();
  await field.getByRole('textbox', { name: 'Acknowledgment Number' }).fill('7');
  const task = page.locator('[id="tcp-segment.answer-syn"]');
  await task.getByRole('button').click();
  expect(await task.innerText()).toContain('You acknowledge 7.');
  await field.getByRole('textbox', { name: 'Acknowledgment Number' }).fill('100');
  await expect.poll(() => task.getAttribute('data-done')).toBe('true');
});

test('each panel is sound for axe, also with a segment that cannot be read', async ({ open }) => {
  const page = await open({ viewport: 'phone' });
  await page.goto(PAGE, { waitUntil: 'networkidle' });
  for (const panel of ['Compose', 'Checksum', 'Paste octets']) {
    await page.getByRole('button', { name: panel, exact: true }).click();
    expect.soft(await axeFindings(page), panel).toEqual([]);
  }
  await page.getByRole('textbox', { name: 'The whole segment in hexadecimal' }).fill('eb46 0050');
  expect(await verdict(page)).toContain('TCP_HEADER_INCOMPLETE');
  expect.soft(await axeFindings(page), 'broken').toEqual([]);
});
