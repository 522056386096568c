import type { Step } from '../define-lab';
import type { SlowStartParams } from './lab';
import type { SlowStartResult } from './run';

/** The exchange told in sentences: connection, request, waiting, a step a burst, and the sum. */
export function stepsOf(result: SlowStartResult, params: SlowStartParams): Step[] {
  const { rttMs, serverTimeMs } = params;
  const steps: Step[] = [];
  const setup = result.packets.filter(({ kind }) => kind !== 'data');
  for (const packet of setup) {
    steps.push({
      timeMs: packet.receivedMs,
      text: { key: `steps.${packet.kind}`, values: { sentMs: packet.sentMs, receivedMs: packet.receivedMs } },
    });
  }
  steps.push({
    timeMs: result.responseMs,
    text: {
      key: 'steps.server',
      values: { serverTimeMs, timeMs: result.responseMs, segments: result.segments },
    },
  });
  let delivered = 0;
  for (const { round, cwnd, segments, sentMs, arrivedMs } of result.rounds) {
    delivered += segments;
    steps.push({
      timeMs: arrivedMs,
      text: {
        key: 'steps.burst',
        values: {
          round,
          cwnd: Math.floor(cwnd),
          segments,
          sentMs,
          arrivedMs,
          delivered,
          all: result.segments,
        },
      },
    });
  }
  const totalMs = result.total.measuredMs;
  steps.push({
    timeMs: totalMs,
    text: {
      key: 'steps.done',
      values: { totalMs, roundTrips: Math.round(((totalMs - serverTimeMs) / rttMs) * 10) / 10 },
    },
  });
  return steps;
}
