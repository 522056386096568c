import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { settle } from './settle';

export type ScriptWeight = { gzippedBytes: number; addresses: string[] };

/**
 * The JavaScript that a page asks for until the network is quiet and nobody has touched it, preloads and prefetches
 * included. Each body is gzipped here at level 9, so that the number depends on the code and not on how a server
 * compresses; 1 kB is 1,000 octets.
 */
export async function weighScripts(page: Page, path: string): Promise<ScriptWeight> {
  const bodies = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    const isScript =
      /javascript/.test(response.headers()['content-type'] ?? '') || /\.m?js(\?|$)/.test(response.url());
    if (isScript && response.ok()) bodies.set(response.url(), response.body());
  });
  const response = await page.goto(path);
  if (!response?.ok()) throw new Error(`${path} answered ${response?.status() ?? 'nothing'}`);
  await settle(page);
  const inline = await page.locator('script:not([src]):not([type="application/json"])').allTextContents();
  const sizes = (await Promise.all(bodies.values())).map((body) => gzipSync(body, { level: 9 }).length);
  // Next's own inline scripts carry the page's data, which is document; the embed has to count what it inlines.
  const inlineBytes = path.startsWith('/embed/') ? gzipSync(inline.join('\n'), { level: 9 }).length : 0;
  return {
    gzippedBytes: sizes.reduce((sum, size) => sum + size, inlineBytes),
    addresses: [...bodies.keys()],
  };
}
