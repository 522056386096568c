import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Frame, Page } from 'playwright-core';
import { labCatalogue } from '@/lib/labs/catalogue';
import type { Lab } from '@/lib/labs/define-lab';
import { axeFindings, origin, test } from './browser';
import { settle } from './settle';

// The wire and the door for WebSockets, from where labs stand: a page of the site, and frames in another's page.

const server = createServer((request, response) => {
  const sandbox = request.url === '/sandboxed' ? 'sandbox="allow-scripts"' : '';
  response.setHeader('content-type', 'text/html');
  response.end(`<!doctype html><html lang="en"><title>Host</title><link rel="icon" href="data:,">
    <iframe src="${origin}/embed/slow-start" title="Lab" width="900" height="700" ${sandbox}></iframe>`);
});
let host = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  host = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => void server.close());

/** What a lab's code can do there: a WebSocket to the app's own origin, and a run of the wire. */
const reach = (place: Page | Frame) =>
  place.evaluate(async () => {
    const own = new URL(window.location.href).origin;
    const echoed = await new Promise<string>((resolve) => {
      const socket = new WebSocket(`${own.replace(/^http/, 'ws')}/live/echo`);
      socket.onopen = () => socket.send('héllo');
      socket.onmessage = ({ data }) => {
        resolve(String(data));
        socket.close();
      };
      socket.onerror = () => resolve('refused');
    });
    const parts = [btoa('GET /from-a-page HTTP/1.1\r\nHost: a\r\n\r\n')];
    const response = await fetch(new URL('/api/wire', window.location.href), {
      method: 'POST',
      body: JSON.stringify({ peer: 'http1', parts }),
    });
    return { echoed, status: response.status, answer: await response.text() };
  });

const expected = { echoed: 'héllo', status: 200, answer: expect.stringContaining('/from-a-page') as string };

test('a page of the site reaches the app’s own WebSocket and the wire', async ({ open }) => {
  const page = await open();
  await page.goto('/en/labs/slow-start');
  expect(await reach(page)).toMatchObject(expected);
});

test.for(['plain', 'sandboxed'])('so does a lab in a page of another site (%s)', async (kind, { open }) => {
  const page = await open({ otherOrigins: [host] });
  await page.goto(`${host}/${kind}`);
  await page.frameLocator('iframe').locator('[data-lab]').waitFor();
  const frame = page.frames().find((one) => one.url().includes('/embed/'));
  if (!frame) throw new Error('no frame');
  expect(await reach(frame)).toMatchObject(expected);
});

test('another site’s page does not', async ({ open }) => {
  const page = await open({ otherOrigins: [host, origin], expectedErrors: /403|CORS|Failed to load/ });
  await page.goto(`${host}/plain`);
  const outcome = await page.evaluate(async (own) => {
    const socket = await new Promise<string>((resolve) => {
      const opened = new WebSocket(`${own.replace(/^http/, 'ws')}/live/echo`);
      opened.onopen = () => resolve('open');
      opened.onerror = () => resolve('refused');
    });
    const body = JSON.stringify({ peer: 'http1', parts: [btoa('x')] });
    const status = await fetch(`${own}/api/wire`, { method: 'POST', body }).then((answer) => answer.status);
    return { socket, status };
  }, origin);
  expect(outcome).toEqual({ socket: 'refused', status: 403 });
});

const wired = Object.values(
  labCatalogue as Readonly<Record<string, Pick<Lab, 'id'> & { wire?: unknown }>>,
).filter(({ wire }) => wire !== undefined);
describe.skipIf(wired.length === 0)('labs with a wire', () => {
  test.for(wired.map(({ id }) => id))(
    '%s sends its octets, and shows the answer in words and octets',
    async (id, { open }) => {
      for (const path of [`/en/labs/${id}`, `/embed/${id}`]) {
        const page = await open({ viewport: 'phone' });
        await page.goto(path);
        const wire = page.locator('.lab-wire');
        // As it comes near the screen the lab is drawn anew, and hears what is pressed.
        await wire.evaluate((element) => element.scrollIntoView({ block: 'center' }));
        await settle(page);
        await wire.getByRole('button', { name: 'Send to a real peer' }).click();
        await wire.getByText('The answer is below').waitFor();
        expect(await wire.locator('.lab-wire-sentences li').count()).toBeGreaterThan(1);
        expect(await wire.innerText()).not.toMatch(/\[[\w-]+(\.[\w-]+)+\]/);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        expect(await axeFindings(page)).toEqual([]);
      }
    },
  );
});
