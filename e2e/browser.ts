import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect, inject, test as base } from 'vitest';
import { ensureChromium } from '../.ci/chromium.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    origin: string;
  }
}

/** Where the server under test answers. */
export const origin = inject('origin');

export const viewports = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

export type Visit = {
  viewport?: keyof typeof viewports | { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** False: a browser that runs no script. */
  javaScript?: boolean;
  /** Console and page errors that belong to the test, e.g. /ERR_INTERNET_DISCONNECTED/ when it cuts the network. */
  expectedErrors?: RegExp;
  /** Origins of the test's own, e.g. of a host page that embeds a lab. */
  otherOrigins?: readonly string[];
} & Omit<BrowserContextOptions, 'viewport' | 'colorScheme' | 'javaScriptEnabled'>;

// Whatever slips through is resolved to nothing.
const onlyHere = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';
export const chromiumFlags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', onlyHere],
  // As browsers do by default, or soon will: a page in another site's frame gets no cookie.
  '--test-third-party-cookie-phaseout',
];

const isOwn = (url: string, origins: readonly string[]) =>
  /^(data|blob|about):/.test(url) || origins.includes(new URL(url.replace(/^ws/, 'http')).origin);

/** Opens an empty page in a fresh context and notes in `problems` what a page must never do. */
async function openPage(browser: Browser, visit: Visit, problems: string[]): Promise<Page> {
  const { viewport = 'desktop', javaScript = true, expectedErrors, otherOrigins = [], ...options } = visit;
  const context = await browser.newContext({
    baseURL: origin,
    ...options,
    viewport: typeof viewport === 'string' ? viewports[viewport] : viewport,
    javaScriptEnabled: javaScript,
  });
  const origins = [origin, ...otherOrigins];
  const note = (kind: string, text: string) => {
    if (!expectedErrors?.test(text)) problems.push(`${kind}: ${text}`);
  };
  const noteAddress = (url: string) => {
    if (!isOwn(url, origins)) problems.push(`asked another host: ${url}`);
  };
  context.on('request', (request) => noteAddress(request.url()));
  context.on('weberror', (error) => note('page error', String(error.error().stack)));
  context.on('console', (message) => {
    if (message.type() === 'error') note('console', `${message.text()} (${message.location().url})`);
  });
  const page = await context.newPage();
  context.on('page', (opened) => opened.on('websocket', (socket) => noteAddress(socket.url())));
  page.on('websocket', (socket) => noteAddress(socket.url()));
  return page;
}

/**
 * `test('…', async ({ open }) => { const page = await open({ viewport: 'phone' }); await page.goto('/en'); })`:
 * every `open` is a fresh browser context, closed at the end. The test fails if any of its pages asked another host,
 * logged an error or threw.
 */
export const test = base
  .extend(
    'browser',
    { scope: 'file' }, // eslint-disable-next-line no-empty-pattern -- vitest reads what a fixture needs off this pattern
    async ({}, { onCleanup }) => {
      const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags });
      onCleanup(() => browser.close());
      return browser;
    },
  )
  .extend('open', async ({ browser }, { onCleanup }) => {
    const problems: string[] = [];
    const pages: Page[] = [];
    onCleanup(async () => {
      await Promise.all(pages.map((page) => page.context().close()));
      expect(problems, 'what the pages did').toEqual([]);
    });
    return async (visit: Visit = {}) => {
      const page = await openPage(browser, visit, problems);
      pages.push(page);
      return page;
    };
  });

/** What axe finds on a page as it stands: `rule: selector (what to do)`. */
export async function axeFindings(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${target.join(' ')} (${failureSummary?.replace(/\s+/g, ' ') ?? ''})`,
    ),
  );
}

/** Records layout shifts from the first paint on; call before `goto`, and the answer at the end. */
export async function watchLayoutShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const found: string[] = [];
    Object.assign(window, { layoutShifts: found });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & LayoutShift)[]) {
        if (entry.hadRecentInput) continue;
        const moved = entry.sources.map(({ node }) =>
          node instanceof Element ? `${node.tagName}.${node.className}` : '#text',
        );
        // Half a pixel of one number's own width, as when a face arrives: 0 in the three digits that the metric has.
        if (entry.value >= 0.0005) found.push(`${entry.value.toFixed(4)} by ${moved.join(', ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { layoutShifts: string[] }).layoutShifts);
}

type LayoutShift = { value: number; hadRecentInput: boolean; sources: readonly { node: Node | null }[] };
