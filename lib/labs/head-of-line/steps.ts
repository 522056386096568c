import type { MessageRef } from '@/lib/text';
import type { Step } from '../define-lab';
import type { HeadOfLineParams } from './lab';
import type { HeadOfLineResult } from './run';

const tenths = (value: number) => Math.round(value * 10) / 10;

/** The receiving host's diary: what comes, what is missing, what may be read; then what it cost. */
export function stepsOf(result: HeadOfLineResult, { messages }: HeadOfLineParams): Step[] {
  const { segments, repairs } = result;
  type Entry = { timeMs: number; order: number; text: MessageRef };
  const entries: Entry[] = [
    { timeMs: 0, order: 0, text: { key: 'steps.start', values: { messages, segments: segments.length } } },
  ];
  for (const { segment, message, sentMs, losses, resentMs, arrivedMs, deliveredMs } of segments) {
    if (losses > 0)
      entries.push({ timeMs: sentMs, order: 1, text: { key: 'steps.lost', values: { segment, message } } });
    if (losses > 1 && resentMs[0] !== undefined)
      entries.push({ timeMs: resentMs[0], order: 3, text: { key: 'steps.lostAgain', values: { segment } } });
    const released = segments.filter(
      (other) => other.segment > segment && other.deliveredMs === arrivedMs,
    ).length;
    entries.push({
      timeMs: arrivedMs,
      order: 4,
      text:
        deliveredMs > arrivedMs
          ? { key: 'steps.held', values: { segment, message, missing: firstMissing(result, arrivedMs) } }
          : released > 0
            ? { key: 'steps.released', values: { segment, message, released } }
            : { key: 'steps.read', values: { segment, message } },
    });
  }
  for (const { kind, timeMs } of repairs)
    entries.push({ timeMs, order: 2, text: { key: `steps.repair.${kind}` } });
  entries.sort((a, b) => a.timeMs - b.timeMs || a.order - b.order);
  const { waiting, worstWaitMs, maxHeldBytes, endMs } = result;
  return [
    ...entries.map(({ timeMs, text }) => ({ timeMs, text })),
    {
      timeMs: Math.max(endMs, entries.at(-1)?.timeMs ?? 0),
      text: {
        key: 'steps.done',
        values: { endMs: tenths(endMs), waiting, worstWaitMs: tenths(worstWaitMs), maxHeldBytes },
      },
    },
  ];
}

/** The segment that everything waits for at a moment. */
function firstMissing({ segments }: HeadOfLineResult, timeMs: number): number {
  return segments.find(({ arrivedMs }) => arrivedMs > timeMs)?.segment ?? segments.length;
}
