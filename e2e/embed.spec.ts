import { createServer } from 'node:http';
import { afterAll, beforeAll, expect } from 'vitest';
import { encodeCapsule } from '@/lib/labs/capsule';
import { origin, test } from './browser';

/** A page of another site, on a name and a port of its own. */
let host = '';
const capsule = encodeCapsule({ v: 1, lab: 'slow-start', params: { bytes: 20_480, initialCwnd: 4 } });
const frames: Record<string, string> = {
  plain: '',
  // An opaque origin: no cookie, no storage, no origin to ask with.
  sandboxed: 'sandbox="allow-scripts"',
  'sandboxed, with its origin': 'sandbox="allow-scripts allow-same-origin"',
};
const server = createServer((request, response) => {
  const attributes = frames[decodeURIComponent((request.url ?? '').slice(1))] ?? '';
  response.setHeader('content-type', 'text/html');
  response.end(`<!doctype html><html lang="en"><title>Host</title><link rel="icon" href="data:,">
    <h1>A page of someone else</h1>
    <iframe src="${origin}/embed/slow-start#${capsule}" title="Lab" width="900" height="700" ${attributes}></iframe>`);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  // Another site, not only another port: `localhost` is not `127.0.0.1`.
  host = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => void server.close());

test.for(Object.keys(frames))('a lab works in a page of another site (%s)', async (kind, { open }) => {
  const page = await open({ otherOrigins: [host] });
  await page.goto(`${host}/${encodeURIComponent(kind)}`);
  const lab = page.frameLocator('iframe');
  const exact = (label: string) => lab.getByRole('spinbutton', { name: `${label}, exact value` });
  await expect.poll(() => exact('Response').inputValue()).toBe('20480');
  await lab.getByText('264 ms').first().waitFor();
  await lab.getByRole('button', { name: 'Set Initial window to 10' }).click();
  await lab.getByText('208 ms').first().waitFor();
  await lab.getByRole('button', { name: 'Run', exact: true }).click();
  await lab.getByRole('button', { name: 'Pause' }).waitFor();

  // Nothing of the site around it, and nothing left behind.
  expect(await lab.locator('.site-head, .site-foot, nav, a[href]').count()).toBe(0);
  expect(await page.context().cookies()).toEqual([]);
  const frame = page.frames().find((one) => one.url().includes('/embed/'));
  const kept = await frame?.evaluate(async () => {
    try {
      return [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length];
    } catch (error) {
      return error instanceof Error ? error.name : 'refused';
    }
  });
  // Where third-party storage is blocked, asking is refused already.
  expect(['0,0,0', 'SecurityError']).toContain(String(kept));
});

test('the site itself is not shown in anyone’s frame', async ({ open }) => {
  const page = await open({
    otherOrigins: [host],
    expectedErrors: /frame-ancestors|ERR_BLOCKED_BY_RESPONSE/,
  });
  await page.goto(`${host}/plain`);
  await page.evaluate((src) => document.querySelector('iframe')?.setAttribute('src', src), `${origin}/en`);
  await page.waitForTimeout(1000);
  expect(await page.frameLocator('iframe').locator('.site-head').count()).toBe(0);
});
