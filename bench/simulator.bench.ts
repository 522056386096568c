import { ALGORITHMS, simulate, type Algorithm } from '@/lib/protocols/tcp';
import { medianOf, type BenchRow } from './rows';

const SEGMENTS_PER_SECOND_BAR = 1_000_000;
const RUNS = 5;

/**
 * One flow on 1 Gbit/s for ten seconds: about 800,000 segments with their ACKs, losses and retransmissions. That
 * the simulator is right is held by lib/protocols/tcp/simulation/simulate.test.ts.
 */
function segmentsPerSecond(algorithm: Algorithm): number {
  const rates = Array.from({ length: RUNS }, () => {
    const startMs = performance.now();
    const { summary } = simulate({
      algorithm,
      path: { rttMs: 20, rateBps: 1e9, queueBytes: 2_500_000 },
      flow: { durationMs: 10_000 },
    });
    return (summary.sentSegments * 1000) / (performance.now() - startMs);
  });
  return medianOf(rates);
}

/** How many segments the simulator sends in a second of real time, events off, for each algorithm. */
export default async function measureSimulator(): Promise<BenchRow[]> {
  return ALGORITHMS.map((algorithm) => ({
    name: `simulate, ${algorithm}`,
    unit: 'segments/s',
    bar: SEGMENTS_PER_SECOND_BAR,
    sense: 'at least',
    measured: segmentsPerSecond(algorithm),
  }));
}
