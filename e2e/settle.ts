import type { Page } from 'playwright-core';

/** Waits until the network is quiet; if it does not get quiet in ten seconds, answers with what is still asked for. */
export async function settle(page: Page): Promise<string[]> {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  try {
    await page.waitForLoadState('networkidle', { timeout: 10_000 });
    return [];
  } catch {
    return [`never quiet; asked for ${asked.length} more, last ${asked.slice(-3).join(', ') || 'none'}`];
  }
}
