import type { Random } from '@/lib/sim';
import { assertInRange } from '../model-error';
import type { TcpLoss } from './types';

/** Makes a loss into a question asked for each segment (from 0) that passes; undefined: it loses nothing. */
export function createSegmentLoss(loss: TcpLoss, random: Random): ((segment: number) => boolean) | undefined {
  switch (loss.kind) {
    case 'none':
      return undefined;
    case 'random': {
      const { rate } = loss;
      assertInRange('loss.rate', rate, 0, 1);
      return rate === 0 ? undefined : () => random.chance(rate);
    }
    case 'scripted': {
      const left = new Map<number, number>();
      for (const number of loss.segments) left.set(number - 1, (left.get(number - 1) ?? 0) + 1);
      return left.size === 0 ? undefined : (segment) => takeOne(left, segment);
    }
  }
}

function takeOne(left: Map<number, number>, segment: number): boolean {
  const times = left.get(segment);
  if (times === undefined) return false;
  if (times === 1) left.delete(segment);
  else left.set(segment, times - 1);
  return true;
}
