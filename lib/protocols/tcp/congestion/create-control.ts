import type { Random } from '@/lib/sim';
import { Bbr, bbrRecovery } from './bbr';
import type { Algorithm, CongestionControl, FastRecovery } from './control';
import { Cubic } from './cubic';
import { newRenoRecovery } from './newreno';
import { ProportionalRateReduction } from './prr';
import { Reno, renoRecovery } from './reno';
import { sackRecovery } from './sack-recovery';
import { Tahoe } from './tahoe';

/** An algorithm and how it repairs; Tahoe repairs by slow start. */
export type ControlPair = { control: CongestionControl; recovery: FastRecovery | undefined };

/**
 * Puts an algorithm together with a recovery. Tahoe, Reno and NewReno are what their RFCs say, without SACK,
 * unless `sack` or `prr` asks for it; CUBIC and BBR come with SACK, as they are used. Tahoe has no recovery
 * and BBR its own: for them `sack` and `prr` change nothing.
 */
export function createControl(options: {
  algorithm: Algorithm;
  smss: number;
  initialCwndBytes: number;
  initialSsthreshBytes: number;
  sack: boolean | undefined;
  prr: boolean;
  /** Of Tahoe, Reno and NewReno: an unused window does not grow (RFC 7661 §4.3). */
  validatesWindow: boolean;
  /** Of all but BBR: segments that one ACK may add in slow start. */
  slowStartAckLimit: number;
  random: Random;
}): ControlPair {
  const { algorithm, smss, prr } = options;
  const withSack = options.sack ?? (prr || algorithm === 'cubic');
  const sackOr = (plain: FastRecovery) => {
    if (prr) return new ProportionalRateReduction(smss);
    return withSack ? sackRecovery() : plain;
  };
  switch (algorithm) {
    case 'tahoe':
      return { control: new Tahoe(options), recovery: undefined };
    case 'reno':
      return { control: new Reno(options), recovery: sackOr(renoRecovery(smss)) };
    case 'newreno':
      return { control: new Reno(options, 'newreno'), recovery: sackOr(newRenoRecovery(smss)) };
    case 'cubic':
      return { control: new Cubic(options), recovery: sackOr(newRenoRecovery(smss)) };
    case 'bbr':
      return { control: new Bbr(options), recovery: bbrRecovery(smss) };
  }
}
