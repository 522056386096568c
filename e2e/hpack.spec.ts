import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFindings, test } from './browser';
import { settle } from './settle';

const LAB = '/en/labs/hpack';
const MINUTE_MS = 60_000;

const lab = (page: Page) => page.locator('[data-lab="hpack"]').first();
const choose = (page: Page, source: string) => lab(page).getByText(source, { exact: true }).click();
const picture = (page: Page) => lab(page).locator('.hpack-picture');
const task = (page: Page, id: string) => page.locator(`[id="hpack.${id}"]`);

test('within a minute of opening the lesson one has said what a repeated request costs, and seen why', async ({
  open,
}) => {
  const page = await open();
  const startMs = Date.now();
  await page.goto('/en/learn/http/hpack');
  await lab(page).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const predict = lab(page).getByRole('button', { name: 'Predict and run' });
  // The picture is in the HTML; a lab that still sleeps does not hear what is typed.
  await expect
    .poll(async () => {
      await lab(page).locator('form').getByRole('textbox').fill('400');
      return predict.isEnabled();
    })
    .toBe(true);
  await predict.click();
  await picture(page)
    .getByText('Block 3 is 35 octets long and carries 17 fields. HTTP/1.1 would send 559.')
    .waitFor();
  await lab(page).getByText('Sixteen fields are rows of a table by now').waitFor();
  // One octet, and the row that it points at, in both tables.
  await picture(page)
    .getByRole('button', { name: /^bf, Indexed field cookie: session=/ })
    .click();
  await picture(page).getByText('These octets point at row 63 of the dynamic table, marked below.').waitFor();
  const pointedAt = picture(page).locator('tr[aria-current="true"]');
  expect(await pointedAt.count()).toBe(2);
  for (const row of await pointedAt.all()) expect(await row.innerText()).toMatch(/63\s+cookie: session=/);
  expect(Date.now() - startMs).toBeLessThan(MINUTE_MS);
});

test('a task is failed, hinted at and solved by typing lists', async ({ open }) => {
  const page = await open();
  await page.goto(LAB);
  await settle(page);
  await choose(page, 'Your own');
  const lists = lab(page).getByRole('textbox', { name: /Header lists/ });
  const request = (path: string) =>
    `:method: GET\n:scheme: https\n:authority: www.example.com\n:path: ${path}`;
  await lists.fill(request('/lab/see'));
  await task(page, 'eleven-octets').getByRole('button').click();
  expect(await task(page, 'eleven-octets').innerText()).toContain('Let an earlier list pay for that.');
  await lists.fill(`${request('/')}\n\n${request('/lab/see')}`);
  await expect.poll(() => task(page, 'eleven-octets').getAttribute('data-done')).toBe('true');
  // What is typed wrongly is named, and what can be sent is sent.
  await lists.fill(`${request('/')}\n\nGET / HTTP/1.1`);
  await lab(page).getByText('Line 6: expected a name, a colon and a value.').waitFor();
});

test('two tables that differ, by keyboard: the receiver reads another value and notices nothing', async ({
  open,
}) => {
  const page = await open();
  await page.goto(LAB);
  await settle(page);
  await choose(page, 'Your own');
  await lab(page)
    .getByRole('textbox', { name: /Header lists/ })
    .fill(':authority: a\n\n:authority: b\n\n:authority: b');
  const discards = lab(page).getByRole('spinbutton', { name: 'Receiver discards block' });
  await discards.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await picture(page).getByText('One field arrived as another, and no rule was broken:').waitFor();
  await expect.poll(() => task(page, 'silent').getAttribute('data-done')).toBe('true');
});

test('pasted octets: the wrong one is named with its rule', async ({ open }) => {
  const page = await open({ viewport: 'phone' });
  await page.goto(LAB);
  await settle(page);
  await choose(page, 'Octets');
  const octets = lab(page).getByRole('textbox', { name: /hexadecimal/ });
  await octets.fill('8286\n8280');
  const verdict = picture(page).locator('.hpack-verdict');
  await expect.poll(() => verdict.innerText()).toContain('HPACK_INDEX_ZERO, octet 1.');
  expect(await verdict.innerText()).toContain('RFC 7541 §6.1');
  await octets.fill('80');
  await expect.poll(() => task(page, 'shortest-error').getAttribute('data-done')).toBe('true');
  await octets.fill('8x');
  await lab(page).getByText('Block 1: character 2 of the line is no hexadecimal digit.').first().waitFor();
});

test('nghttp2 reads the recorded blocks as our decoder does', async ({ open }) => {
  const page = await open();
  await page.goto(LAB);
  await settle(page);
  await lab(page).getByRole('button', { name: 'Send to a real peer' }).click();
  await lab(page)
    .getByText('nghttp2 read 2 of your lists as our decoder did, of 2 that were sent.')
    .waitFor();
});

test('what our decoder refuses, nghttp2 refuses as well', async ({ open }) => {
  const page = await open();
  await page.goto(LAB);
  await settle(page);
  await choose(page, 'Octets');
  await lab(page)
    .getByRole('textbox', { name: /hexadecimal/ })
    .fill('828684418cf1e3c2e5f23a6ba0ab90f4ff\n8286c184');
  await lab(page).getByRole('button', { name: 'Send to a real peer' }).click();
  await lab(page).getByText('It answered with GOAWAY: COMPRESSION_ERROR. The connection is over.').waitFor();
});

test.for(['light', 'dark'] as const)('every source is sound for axe (%s)', async (colorScheme, { open }) => {
  const page = await open({ viewport: 'phone', colorScheme });
  await page.goto(LAB);
  await settle(page);
  for (const source of ['Page load', 'API client', 'Your own', 'Octets']) {
    await choose(page, source);
    expect.soft(await axeFindings(page), source).toEqual([]);
  }
});
