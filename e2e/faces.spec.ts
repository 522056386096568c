import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from './browser';
import { settle } from './settle';

/**
 * A sign that none of our faces has looks different on every system, and the browser stops the layout of a first visit
 * while it asks the system for it, font after font.
 */
const pages = [
  '/en',
  '/en/labs',
  '/en/glossary',
  '/en/learn/tcp',
  '/en/learn/tcp/slow-start',
  '/en/learn/tcp/handshake',
  '/en/learn/tcp/segment',
  '/en/learn/tcp/congestion',
  '/en/learn/tcp/bandwidth-delay-product',
  '/en/learn/http/hpack',
  '/en/learn/sse/event-stream',
];
test.for(pages)('%s is set in the course’s own faces alone', async (path, { open }) => {
  const page = await open();
  await page.goto(path);
  await expect.poll(() => textInOtherFonts(page), { timeout: 20_000 }).toEqual([]);
});

/** Reloads, since a face that was not there in time is left for the next visit; then looks at what is drawn in which. */
async function textInOtherFonts(page: Page): Promise<string[]> {
  await page.reload();
  // A lab that is far from the screen is not laid out, and so in no face at all.
  await page.addStyleTag({ content: '* { content-visibility: visible !important }' });
  await settle(page);
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'body *' });
  const texts: string[] = [];
  let glyphsSeen = 0;
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    for (const { familyName, isCustomFont, glyphCount } of fonts) {
      glyphsSeen += glyphCount;
      if (!isCustomFont) texts.push(`${familyName}: ${await outerHtml(nodeId)}`);
    }
  }
  await session.detach();
  expect(glyphsSeen).toBeGreaterThan(500);
  return texts;

  async function outerHtml(nodeId: number) {
    return (await session.send('DOM.getOuterHTML', { nodeId })).outerHTML.slice(0, 120);
  }
}
