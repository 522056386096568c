import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { axeFindings, origin, test } from './browser';

const PAGE = '/en/labs/sse-live';
/** What Chromium says in its console when a response breaks off: that is the point here. */
const expectedErrors = /ERR_INCOMPLETE_CHUNKED_ENCODING/;

const live = (page: Page) => page.locator('.lab-live');
const newsOf = (page: Page, outcome: string) =>
  live(page).locator(`.sse-live-news li[data-outcome="${outcome}"]`).count();

async function openLive(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the live part' }).click();
  await live(page).locator('[data-ready-state=open]').waitFor();
}

/** Lets some events come, cuts, and waits until the browser is back. */
async function cutAndWait(page: Page): Promise<void> {
  await expect.poll(() => newsOf(page, 'live')).toBeGreaterThan(1);
  await live(page).getByRole('button', { name: 'Cut the connection' }).click();
  await live(page).locator('[data-ready-state=connecting]').waitFor();
  await live(page).getByText('Request 2 as the server got it').waitFor();
}

describe('a real stream that is cut', () => {
  test('without ids the browser comes back by itself, asks without an id, and events are missing', async ({
    open,
  }) => {
    const page = await open({ expectedErrors });
    await page.goto(PAGE, { waitUntil: 'networkidle' });
    await openLive(page);
    await cutAndWait(page);
    expect(await live(page).locator('.sse-live-request').innerText()).not.toContain('last-event-id');
    await expect.poll(() => newsOf(page, 'missed')).toBeGreaterThan(1);
    expect(await newsOf(page, 'replayed')).toBe(0);
  });

  test('with ids it says the last one, and gets what it missed', async ({ open }) => {
    const page = await open({ expectedErrors });
    await page.goto(PAGE, { waitUntil: 'networkidle' });
    await openLive(page);
    await live(page).getByRole('button', { name: 'Start over with ids' }).click();
    await cutAndWait(page);
    expect(await live(page).locator('.sse-live-request').innerText()).toMatch(/last-event-id: \d+/);
    await expect.poll(() => newsOf(page, 'replayed')).toBeGreaterThan(1);
    expect(await newsOf(page, 'missed')).toBe(0);
    expect.soft(await axeFindings(page)).toEqual([]);
  });

  test('works in a sandboxed frame on a stranger’s page, whose origin is opaque', async ({ open }) => {
    const page = await open({ expectedErrors });
    await page.setContent(
      `<title>host</title><iframe title="lab" sandbox="allow-scripts" width="900" height="2400" src="${origin}/embed/sse-live"></iframe>`,
    );
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: 'Open the live part' }).click();
    await frame.locator('[data-ready-state=open]').waitFor();
    await expect.poll(() => frame.locator('.lab-live li[data-outcome=live]').count()).toBeGreaterThan(1);
    await frame.getByRole('button', { name: 'Cut the connection' }).click();
    await frame.getByText('Request 2 as the server got it').waitFor();
  });

  test('closing the part ends the stream, and nobody asks again', async ({ open }) => {
    const page = await open();
    await page.goto(PAGE, { waitUntil: 'networkidle' });
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/api/live-stream/') && asked.push(request.url()));
    await openLive(page);
    await page.getByRole('button', { name: 'Close the live part' }).click();
    await page.waitForTimeout(4000);
    expect(asked).toHaveLength(1);
  });
});

describe('the stream itself', () => {
  test('comes event by event through the whole server, unbuffered and uncompressed', async () => {
    const response = await fetch(`${origin}/api/live-stream/${crypto.randomUUID()}`, {
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('cache-control')).toContain('no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const reader = response.body?.getReader();
    const chunks: string[] = [];
    while (reader && chunks.length < 4) chunks.push(new TextDecoder().decode((await reader.read()).value));
    await reader?.cancel();
    // One event a chunk, once the first is there: nothing collected them.
    expect(chunks.slice(1).map((chunk) => chunk.match(/^data:/gm)?.length)).toEqual([1, 1, 1]);
  });

  test('is refused to a page of another site, and to what is no token', async () => {
    const address = `${origin}/api/live-stream/${crypto.randomUUID()}`;
    expect((await fetch(address, { headers: { origin: 'https://elsewhere.example' } })).status).toBe(403);
    expect((await fetch(`${origin}/api/live-stream/mine`)).status).toBe(400);
    expect((await fetch(`${address}?retry=1`)).status).toBe(400);
  });
});

test('the simulation: with ids nothing is lost, and the tasks say so', async ({ open }) => {
  const page = await open({ viewport: 'phone' });
  await page.goto(PAGE, { waitUntil: 'networkidle' });
  const picture = page.locator('.lab-frame-view .sse-live-news');
  expect(await picture.locator('li[data-outcome=missed]').count()).toBe(3);
  await page.getByRole('switch', { name: 'The server writes an id with each event' }).check();
  await expect.poll(() => picture.locator('li[data-outcome=replayed]').count()).toBe(3);
  await page.locator('[id="sse-live.lose-nothing"][data-done=true]').waitFor();
  await page.getByText('204', { exact: true }).click();
  await page.locator('[id="sse-live.stay-away"][data-done=true]').waitFor();
  expect.soft(await axeFindings(page)).toEqual([]);
});
