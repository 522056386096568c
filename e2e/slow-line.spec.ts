import { once } from 'node:events';
import { createServer, request as ask, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { origin, test, watchLayoutShifts } from './browser';
import { settle } from './settle';

/** A page that arrives over a slow line is painted piece by piece. What came first must not move when the rest comes. */
describe('over a slow line', () => {
  const line = createServer((request, response) => {
    const headers = { ...request.headers, 'accept-encoding': 'identity', host: new URL(origin).host };
    if (headers.origin) headers.origin = origin;
    const { method, url: path } = request;
    const onward = ask(origin, { ...(method && { method }), ...(path && { path }), headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      if (!answer.headers['content-type']?.includes('text/html')) return void answer.pipe(response);
      void text(answer).then((html) =>
        path?.endsWith(STOP_AT_NUMBERS) ? stopAtNumbers(html, response) : drip(html, response),
      );
    });
    request.pipe(onward);
  });
  let lineOrigin = '';
  beforeAll(async () => {
    line.listen(0, '127.0.0.1');
    await once(line, 'listening');
    lineOrigin = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  });
  afterAll(() => void line.close());

  const paths = ['/en', '/en/learn/tcp', '/en/learn/tcp/slow-start', '/en/labs', '/en/labs/event-stream'];
  test.for(paths.flatMap((path) => (['phone', 'desktop'] as const).map((viewport) => ({ path, viewport }))))(
    'nothing on $path moves as it comes to a $viewport',
    async ({ path, viewport }, { open }) => {
      const page = await open({ viewport, otherOrigins: [lineOrigin] });
      const layoutShifts = await watchLayoutShifts(page);
      await page.goto(lineOrigin + path);
      expect(await settle(page), 'the network').toEqual([]);
      expect(await layoutShifts()).toEqual([]);
    },
  );

  test('a number that comes before its unit stays where it is', async ({ open }) => {
    const page = await open({ otherOrigins: [lineOrigin] });
    const layoutShifts = await watchLayoutShifts(page);
    await page.goto(`${lineOrigin}/en/labs/tcp-teardown${STOP_AT_NUMBERS}`);
    expect(await settle(page), 'the network').toEqual([]);
    expect(await layoutShifts()).toEqual([]);
  });
});

const STOP_AT_NUMBERS = '?stop-at-numbers';

/** A stop after each field for a number, long enough that the page is painted then. */
async function stopAtNumbers(html: string, response: ServerResponse): Promise<void> {
  let start = 0;
  for (const { index, 0: field } of html.matchAll(/<input[^>]*type="number"[^>]*>/g)) {
    response.write(html.slice(start, index + field.length));
    await sleep(400);
    start = index + field.length;
  }
  response.end(html.slice(start));
}

/** The head at once, then the body in ever larger pieces that end where a block or an entry of the page's head does. */
async function drip(html: string, response: ServerResponse): Promise<void> {
  const ends = [...html.matchAll(/<\/(a|div|h\d|header|label|li|nav|p|section|svg)>/g)].map(
    (end) => end.index,
  );
  let start = html.indexOf('<body');
  response.write(html.slice(0, start));
  for (let size = 1; start < html.length; size *= 1.12) {
    const end = ends.find((at) => at > start + size) ?? html.length;
    response.write(html.slice(start, end));
    await sleep(20);
    start = end;
  }
  response.end();
}
