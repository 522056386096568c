// The simulator's bars (issue "The golden chapter: TCP"): 1,000,000 segments a second, and a slider step of the
// `congestion` lab computed well within a 16 ms frame. Run it:
//
//   npx esbuild bench/simulator.bench.ts --bundle --platform=node --format=esm --alias:@=. --log-level=error | node --input-type=module
//
// The inputs are those that lib/protocols/tcp/simulation/simulate.test.ts holds to be right. Prints one line a
// measurement: the median, the best, the bar, and how many times better than the bar the median is. On a machine
// that is busy with other things the median says more about those; then look at the best.
import { ALGORITHMS, simulate, simulateFlows, type Algorithm } from '@/lib/protocols/tcp';

const SEGMENTS_PER_SECOND_BAR = 1_000_000;
/** Half a frame: the other half is for drawing. */
const LAB_RUN_MS_BAR = 8;

type Measurement = { name: string; value: number; best: number; unit: string; bar: number; ratio: number };

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function timeMs(run: () => unknown): number {
  const startMs = performance.now();
  run();
  return performance.now() - startMs;
}

/** One flow on 1 Gbit/s for ten seconds: about 800,000 segments with their ACKs, losses and retransmissions. */
function throughputOf(algorithm: Algorithm): Measurement {
  const run = () =>
    simulate({
      algorithm,
      path: { rttMs: 20, rateBps: 1e9, queueBytes: 2_500_000 },
      flow: { durationMs: 10_000 },
    }).summary.sentSegments;
  const rates = Array.from({ length: 5 }, () => {
    let segments = 0;
    const ms = timeMs(() => (segments = run()));
    return (segments * 1000) / ms;
  });
  const best = Math.max(...rates);
  const value = median(rates);
  const bar = SEGMENTS_PER_SECOND_BAR;
  return { name: `simulate ${algorithm}`, value, best, unit: 'segments/s', bar, ratio: value / bar };
}

/** Five flows for 30 s on 10 Mbit/s: about 25,000 segments, with 600 samples a flow. */
function labRunOf(algorithm: Algorithm): Measurement {
  const path = { rttMs: 50, rateBps: 10e6, queueBytes: 62_500 };
  const flows = Array.from({ length: 5 }, () => ({ algorithm }));
  const run = () => simulateFlows({ path, flows, durationMs: 30_000 });
  for (let i = 0; i < 5; i++) run();
  const times = Array.from({ length: 31 }, () => timeMs(run));
  const best = Math.min(...times);
  const value = median(times);
  const bar = LAB_RUN_MS_BAR;
  return { name: `congestion lab, 5 × ${algorithm}`, value, best, unit: 'ms', bar, ratio: bar / value };
}

export function measureSimulator(): Measurement[] {
  return [...ALGORITHMS.map(throughputOf), ...ALGORITHMS.map(labRunOf)];
}

function written(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}

for (const { name, value, best, unit, bar, ratio } of measureSimulator()) {
  const numbers = `median ${written(value).padStart(10)}  best ${written(best).padStart(10)} ${unit}`;
  console.log(`${name.padEnd(30)} ${numbers.padEnd(46)} bar ${written(bar)}  ×${ratio.toFixed(2)}`);
}
