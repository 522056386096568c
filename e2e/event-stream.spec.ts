import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { EventStreamParser, writeEvent, type ServerSentEvent } from '@/lib/protocols/sse';
import { createRandom } from '@/lib/sim';
import { axeFindings, test } from './browser';

const PAGE = '/en/labs/event-stream';
const MINUTE_MS = 60_000;

const frame = (page: Page) => page.locator('[data-lab="event-stream"]').first();
const octet = (page: Page, at: number) => frame(page).locator(`[data-octet="${at}"]`);

describe('the lab', () => {
  test('in less than a minute from the lesson: a character is cut, one reader breaks, the other does not', async ({
    open,
  }) => {
    const page = await open();
    const startMs = performance.now();
    await page.goto('/en/learn/sse/event-stream#octets');
    const lab = page.locator('[data-lab="event-stream"]').nth(2);
    // As it comes near the screen it is drawn anew.
    await lab.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await page.waitForLoadState('networkidle');
    const strip = lab.locator('.lab-prediction');
    await strip.getByText('One event with a replacement character in it', { exact: true }).click();
    await strip.getByRole('button', { name: 'Predict and run' }).click();
    await strip.getByText('Not quite').waitFor({ timeout: 30_000 });
    const outcomes = lab.locator('.event-stream-outcomes [role=group]');
    expect(await outcomes.nth(0).innerText()).toContain('€5');
    expect(await outcomes.nth(1).innerText()).toContain('\ufffd');
    expect(performance.now() - startMs).toBeLessThan(MINUTE_MS);
  });

  test('is worked by keyboard: an octet is found, its meaning read, and the stream cut before it', async ({
    open,
  }) => {
    const page = await open();
    await page.goto(PAGE, { waitUntil: 'networkidle' });
    await octet(page, 0).focus();
    for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const at = await page.evaluate(() => document.activeElement?.getAttribute('data-octet'));
    expect(at).toBe('21');
    expect(await frame(page).locator('.event-stream-detail').innerText()).toContain(
      'Octet 21 · 0x76 · 0111 0110 · v',
    );
    expect(await frame(page).locator('.event-stream-detail').innerText()).toContain('event › field name');
    await page.keyboard.press('Enter');
    expect(await octet(page, 21).getAttribute('aria-pressed')).toBe('true');
    await frame(page).getByText('It arrives in 2 chunks.').waitFor();
    await page.keyboard.press('Space');
    await frame(page).getByText('It arrives in one chunk.').waitFor();
  });

  test('a verse that is typed in does its task, octet by octet the same', async ({ open }) => {
    const page = await open({ viewport: 'phone' });
    await page.goto(PAGE, { waitUntil: 'networkidle' });
    await frame(page)
      .getByRole('textbox', { name: 'The stream' })
      .fill('data: a\ndata: b\ndata: c\ndata: d\n\n');
    await page.locator('[id="event-stream.poem"][data-done=true]').waitFor();
    await frame(page).getByText('1 octet each', { exact: true }).click();
    await frame(page).getByText('It arrives in 33 chunks.').waitFor();
    expect(await frame(page).locator('.event-stream-events').first().locator('pre').allInnerTexts()).toEqual([
      'a\nb\nc\nd',
    ]);
  });

  test('is sound for axe at its start, with cuts, and with a stream that is not UTF-8', async ({ open }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open({ viewport: 'phone', colorScheme });
      await page.goto(PAGE, { waitUntil: 'networkidle' });
      expect.soft(await axeFindings(page), `${colorScheme}, start`).toEqual([]);
      await frame(page).getByText('7 octets each', { exact: true }).click();
      await frame(page)
        .getByRole('textbox', { name: 'The stream' })
        .fill('\\uFEFFdata: \\xFF\\0\nfoo\nretry: 5s\n');
      expect.soft(await axeFindings(page), `${colorScheme}, changed`).toEqual([]);
    }
  });
});

/** Streams by their number, each cut at random and sent with pauses, so that they arrive as cut. */
async function serveStreams(streams: readonly Uint8Array[], random = createRandom(7)): Promise<Server> {
  const server = createServer((request, response) => {
    const stream = streams[Number(/^\/(\d+)$/.exec(request.url ?? '')?.[1] ?? Number.NaN)];
    if (!stream)
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<title>streams</title>');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const sendFrom = (start: number) => {
      const end = Math.min(stream.length, start + random.integer(1, 24));
      response.write(stream.subarray(start, end));
      if (end < stream.length) setTimeout(() => sendFrom(end), random.integer(0, 1));
    };
    sendFrom(0);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** What an EventSource of the page's browser makes of each stream, up to the event `the-end`. */
const readInBrowser = (page: Page, types: readonly (readonly string[])[]) =>
  page.evaluate(
    (listen) =>
      Promise.all(
        listen.map(
          (names, n) =>
            new Promise<{ type: string; data: string; lastEventId: string }[]>((resolve) => {
              const seen: { type: string; data: string; lastEventId: string }[] = [];
              const source = new EventSource(`/${n}`);
              const note = (event: Event) => {
                const { type, data, lastEventId } = event as MessageEvent<string>;
                if (type === 'the-end') {
                  source.close();
                  resolve(seen);
                } else seen.push({ type, data, lastEventId });
              };
              for (const name of names) source.addEventListener(name, note);
            }),
        ),
      ),
    types,
  );

describe('a real EventSource', () => {
  test('reads what our writer wrote, and agrees with our parser on anything else', async ({ open }) => {
    const random = createRandom(20_261_121);
    const pick = <T>(all: readonly T[]): T => all[random.integer(0, all.length - 1)] as T;
    const words = ['x', '€5', '😀', 'a\nb', '', ' padded', ':', '\ufeff', '\0'];
    const parts = [
      'data:',
      'data',
      'id: ',
      'id',
      'event: ',
      'retry: 9',
      '\n',
      '\n',
      '\r',
      '\r\n',
      ' ',
      ...words,
    ];
    const encoder = new TextEncoder();
    const written = Array.from({ length: 5 }, () =>
      Array.from({ length: 8 }, (): ServerSentEvent => {
        const type = pick(['message', 'tick', 'größe']);
        return { type, data: pick(words) + pick(words), lastEventId: pick(['', '1', 'é2']) };
      }),
    );
    const mutated = Array.from({ length: 100 }, () => {
      const octets = encoder.encode(
        Array.from({ length: random.integer(1, 40) }, () => pick(parts)).join(''),
      );
      if (random.chance(0.3)) octets[random.integer(0, octets.length - 1)] = random.integer(0, 255);
      return octets;
    });
    const end = encoder.encode('\n\nevent: the-end\ndata\n\n');
    const streams = [
      ...written.map((events) => encoder.encode(events.map(writeEvent).join(''))),
      ...mutated,
    ].map((octets) => Uint8Array.of(...octets, ...end));
    const ours = streams.map((octets) => new EventStreamParser().push(octets).slice(0, -1));
    expect(ours.slice(0, written.length)).toEqual(written);

    const server = await serveStreams(streams);
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const page = await open({ otherOrigins: [origin] });
    try {
      await page.goto(origin);
      // A browser opens six connections to a host at a time, and the streams wait for one another.
      const types = ours.map((events) => [
        ...new Set(['message', 'the-end', ...events.map(({ type }) => type)]),
      ]);
      expect(await readInBrowser(page, types)).toEqual(ours);
      expect(ours.flat().length).toBeGreaterThan(60);
    } finally {
      // A stream that was closed in the page may still be open below it: the browser would miss its end.
      await page.close();
      server.closeAllConnections();
      server.close();
    }
  });

  test('carries its last id into the next connection, as our parser does when it is told', async ({
    open,
  }) => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      if (request.url !== '/stream')
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<title>x</title>');
      asked.push(request.headers['last-event-id'] as string | undefined);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(
        asked.length === 1
          ? 'retry: 100\nid: 7\ndata: a\n\n'
          : asked.length < 4
            ? 'data: b\n\n'
            : 'event: the-end\ndata\n\n',
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const page = await open({ otherOrigins: [origin] });
      await page.goto(origin);
      const ids = await page.evaluate(
        () =>
          new Promise<string[]>((resolve) => {
            const seen: string[] = [];
            const source = new EventSource('/stream');
            source.onmessage = (event) => seen.push(event.lastEventId);
            source.addEventListener('the-end', () => {
              source.close();
              resolve(seen);
            });
          }),
      );
      const parser = new EventStreamParser({ lastEventId: '7' });
      const [later] = parser.push(new TextEncoder().encode('data: b\n\n'));
      expect(ids).toEqual(['7', later?.lastEventId, later?.lastEventId]);
      expect(asked).toEqual([undefined, '7', '7', '7']);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
