import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { ensureChromium } from '../.ci/chromium.mjs';
import { medianOf, type BenchContext, type BenchRow } from './rows';

const path = '/en/learn/tcp/slow-start';
const runs = 5;
const bars = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };
type Category = keyof typeof bars;
const categories = Object.keys(bars) as Category[];

/** Lighthouse 12 as it comes: a mobile phone on a slow network, simulated. The median of five runs. */
export default async function measureLighthouse({ origin }: BenchContext): Promise<BenchRow[]> {
  const url = (await origin()) + path;
  const scores: Record<Category, number[]> = {
    performance: [],
    accessibility: [],
    'best-practices': [],
    seo: [],
  };
  for (let run = 0, unrecorded = 0; run < runs; run++) {
    const chrome = await launch({
      chromePath: ensureChromium(),
      chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic'],
    });
    try {
      const result = await lighthouse(url, {
        port: chrome.port,
        onlyCategories: categories,
        logLevel: 'error',
      });
      // Now and then Lighthouse loses the page's frame in its own trace; such a run says nothing of the page.
      if (result?.lhr.runtimeError?.code === 'NO_NAVSTART' && ++unrecorded < runs) {
        console.log(`run ${run-- + 1}: not recorded, so once more`);
        continue;
      }
      if (!result || result.lhr.runtimeError)
        throw new Error(result?.lhr.runtimeError?.message ?? 'no result');
      for (const category of categories) {
        scores[category].push(Math.round((result.lhr.categories[category]?.score ?? 0) * 100));
      }
      const missed = Object.values(result.lhr.audits).filter(({ score }) => score !== null && score < 0.9);
      console.log(
        `run ${run + 1}: ${missed.map(({ id, displayValue }) => `${id} ${displayValue ?? ''}`).join('; ') || 'clean'}`,
      );
    } finally {
      chrome.kill();
    }
  }
  return categories.map((category) => ({
    name: `Lighthouse ${category}, mobile, ${path}`,
    unit: 'points',
    bar: bars[category],
    sense: 'at least',
    measured: medianOf(scores[category]),
  }));
}
