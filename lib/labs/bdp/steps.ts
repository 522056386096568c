import type { Step } from '../define-lab';
import type { BdpParams } from './lab';
import { momentOf, type BdpResult } from './run';

/** Moments between the start and the end of the run. */
const MOMENTS = 30;

/** The run as a series of snapshots at even distances, then what they come to. */
export function stepsOf(result: BdpResult, { rateMbps, rttMs }: BdpParams): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < MOMENTS; i++) {
    const timeMs = (result.endMs * i) / MOMENTS;
    const { unacknowledged, queued, busy, nextAckMs } = momentOf(result, timeMs);
    const values = {
      unacknowledged: Math.round(unacknowledged),
      window: Math.round(result.usedBytes),
      queued: Math.round(queued),
      waitMs: tenths(nextAckMs - timeMs),
      delayMs: tenths((queued * 8) / (rateMbps * 1000)),
    };
    const state = !busy ? 'idle' : queued > 0 ? 'queued' : 'busy';
    steps.push({ timeMs, text: { key: `steps.${state}`, values } });
  }
  const { measuredBps, utilisation, roundMs, idleMs, queueMs, bdpBytes, windowBytes } = result;
  steps.push({
    timeMs: result.endMs,
    text: {
      key: idleMs > 0 ? 'steps.gaps' : 'steps.full',
      values: {
        mbps: measuredBps / 1e6,
        rateMbps,
        percent: Math.round(utilisation * 1000) / 10,
        roundMs: tenths(roundMs),
        idleMs: tenths(idleMs),
        queueMs: tenths(queueMs),
        totalMs: tenths(rttMs + queueMs),
        rttMs,
        bdp: Math.round(bdpBytes),
        window: windowBytes,
      },
    },
  });
  return steps;
}

const tenths = (value: number) => Math.round(value * 10) / 10;
