import { chromium } from 'playwright-core';
import { ensureChromium } from '../.ci/chromium.mjs';
import { weighScripts } from '../e2e/script-weight';
import type { BenchContext, BenchRow } from './rows';

const budgets = [
  { path: '/en/learn/tcp/slow-start', bar: 180 },
  { path: '/embed/slow-start', bar: 60 },
];

/** The same weighing as the budget test's, as numbers. */
export default async function measureScripts({ origin }: BenchContext): Promise<BenchRow[]> {
  const baseURL = await origin();
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const rows: BenchRow[] = [];
  for (const { path, bar } of budgets) {
    const page = await browser.newPage({ baseURL });
    const { gzippedBytes } = await weighScripts(page, path);
    rows.push({
      name: `JavaScript of ${path}`,
      unit: 'kB gzipped',
      bar,
      sense: 'at most',
      measured: gzippedBytes / 1000,
    });
  }
  await browser.close();
  return rows;
}
