import type { Random } from './random';
import { SimError } from './sim-error';

/**
 * Which packets a link loses, apart from those that its queue drops: none; those with these numbers (the
 * first packet offered to the link is 1); or each with this probability.
 */
export type Loss =
  | { kind: 'none' }
  | { kind: 'scripted'; numbers: readonly number[] }
  | { kind: 'random'; rate: number; random: Random };

/** Makes a loss into a question that is asked once for each packet, in order. */
export function createLossProcess(loss: Loss): (packetNumber: number) => boolean {
  switch (loss.kind) {
    case 'none':
      return () => false;
    case 'scripted': {
      const numbers = new Set(loss.numbers);
      return (packetNumber) => numbers.has(packetNumber);
    }
    case 'random': {
      const { rate, random } = loss;
      if (!(rate >= 0 && rate <= 1))
        throw new SimError('SIM_INVALID_INPUT', `loss rate ${rate}: expected 0 to 1`);
      return () => random.chance(rate);
    }
  }
}
