import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from '../.ci/chromium.mjs';
import { medianOf, type BenchContext, type BenchRow } from './rows';

/** One frame at 60 Hz. */
const FRAME_MS = 16;
const WARM_UP = 30;
const STEPS = 121;

const pages = { 'on the site (React)': '/en/labs/congestion', 'embedded (Preact)': '/embed/congestion' };

/**
 * A slider of the congestion lab is dragged: each step runs five flows for 15 s, 5,000 packets, and draws again.
 * Measured from the input event to the end of layout, with all handlers, the run, the rendering and the styles in
 * between. What the compositor paints after that is not the page's own.
 */
export default async function measureSlider({ origin }: BenchContext): Promise<BenchRow[]> {
  const at = await origin();
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    const rows: BenchRow[] = [];
    for (const [where, path] of Object.entries(pages)) rows.push(await measureOn(browser, at + path, where));
    return rows;
  } finally {
    await browser.close();
  }
}

async function measureOn(browser: Browser, url: string, where: string): Promise<BenchRow> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  const slider = page.locator('[data-lab="congestion"] input[type="range"]').nth(2);
  await slider.waitFor();
  await page.waitForTimeout(2000);
  const times = await drag(page);
  await page.close();
  const sorted = [...times].sort((a, b) => a - b);
  const tenth = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(1);
  const median = medianOf(times);
  console.log(
    `${where}: median ${median.toFixed(1)} ms, × ${(FRAME_MS / median).toFixed(2)} of a frame; ` +
      `fastest ${tenth(0)}, nine in ten below ${tenth(0.9)} ms`,
  );
  return {
    name: `congestion lab, a slider step recomputed and redrawn, ${where}`,
    unit: 'ms',
    bar: FRAME_MS,
    sense: 'at most',
    measured: median,
  };
}

function drag(page: Page): Promise<number[]> {
  return page.evaluate(
    async ({ warmUp, steps }) => {
      const queue = document.querySelectorAll<HTMLInputElement>(
        '[data-lab="congestion"] input[type="range"]',
      )[2];
      const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      const screen = document.querySelector('[data-lab="congestion"] .screen');
      if (!queue || !setValue || !screen) throw new Error('the lab has no slider or no picture');
      const [min, max] = [Number(queue.min), Number(queue.max)];
      const times: number[] = [];
      for (let i = 0; i < warmUp + steps; i++) {
        // To and fro over the middle of the track, as a hand does.
        const share = 0.5 + 0.3 * Math.sin(i / 9);
        const before = screen.textContent;
        const startMs = performance.now();
        setValue.call(queue, String(Math.round(min + share * (max - min))));
        queue.dispatchEvent(new Event('input', { bubbles: true }));
        // React draws at the end of the event, Preact in the microtask that it asked for then.
        await Promise.resolve();
        document.body.getBoundingClientRect();
        const ms = performance.now() - startMs;
        if (i >= warmUp && screen.textContent !== before) times.push(ms);
        await new Promise(requestAnimationFrame);
      }
      if (times.length < steps / 2)
        throw new Error(`only ${times.length} of ${steps} steps drew anything new`);
      return times;
    },
    { warmUp: WARM_UP, steps: STEPS },
  );
}
