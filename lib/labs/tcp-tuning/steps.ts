import type { Step } from '../define-lab';
import { SILENCE_MS } from './journey';
import type { TcpTuningParams } from './lab';
import type { TcpTuningResult } from './run';

const whole = (ms: number) => Math.round(ms);

/** The journey leg by leg, with the user's waiting time as the clock; then what the next switch would bring. */
export function stepsOf({ before, now, items }: TcpTuningResult, _params: TcpTuningParams): Step[] {
  const steps: Step[] = [];
  let timeMs = 0;
  for (const { id, setupMs, transferMs } of now.legs) {
    timeMs += setupMs + transferMs;
    steps.push({
      timeMs,
      text: {
        key: `steps.${id}`,
        values: {
          setupMs: whole(setupMs),
          transferMs: whole(transferMs),
          pageMs: whole(now.pageMs),
          silenceS: SILENCE_MS / 1000,
        },
      },
    });
  }
  const next = items
    .filter(({ on }) => !on)
    .reduce<(typeof items)[number] | undefined>(
      (best, item) => (best && best.hereMs >= item.hereMs ? best : item),
      undefined,
    );
  steps.push({
    timeMs,
    text: {
      key: next && next.hereMs >= 1 ? 'steps.next' : 'steps.done',
      values: {
        totalMs: whole(now.totalMs),
        beforeMs: whole(before.totalMs),
        item: next?.id ?? '',
        savedMs: whole(next?.hereMs ?? 0),
      },
    },
  });
  return steps;
}
