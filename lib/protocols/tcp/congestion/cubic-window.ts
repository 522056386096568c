import { renoMeanWindow } from '../formulas';

/** How fast the window grows, in segments/s³ (RFC 9438 §4.1, §5). */
export const CUBIC_C = 0.4;

/** What is left of the window after a loss (RFC 9438 §4.6); Reno keeps 0.5. */
export const CUBIC_BETA = 0.7;

/** α of the Reno-friendly region: with it, AIMD(α, β) has Reno's mean window (RFC 9438 §4.3, figure 4). */
export const CUBIC_ALPHA = (3 * (1 - CUBIC_BETA)) / (1 + CUBIC_BETA);

/**
 * The time in seconds until the window is back at `wMax`, in which the curve turns from concave to convex:
 * K = ∛((W_max − cwnd_epoch) / C) (RFC 9438 §4.2, figure 2). Windows in segments.
 */
export function cubicK(wMax: number, cwndEpoch: number, c = CUBIC_C): number {
  return Math.cbrt((wMax - cwndEpoch) / c);
}

/** W_cubic(t) = C(t − K)³ + W_max in segments, `t` in seconds since the epoch began (RFC 9438 §4.2, figure 1). */
export function cubicWindow(input: { t: number; wMax: number; cwndEpoch: number; c?: number }): number {
  const c = input.c ?? CUBIC_C;
  return c * (input.t - cubicK(input.wMax, input.cwndEpoch, c)) ** 3 + input.wMax;
}

/**
 * CUBIC's mean window in segments at loss rate p, or Reno's where that is larger, as in the Reno-friendly
 * region (RFC 9438 §5.1, figures 5 and 6): (C(3 + β) / (4(1 − β)))^¼ × RTT^¾ / p^¾.
 */
export function cubicMeanWindow(input: { lossRate: number; rttMs: number; c?: number }): number {
  const factor = ((input.c ?? CUBIC_C) * (3 + CUBIC_BETA)) / (4 * (1 - CUBIC_BETA));
  const cubic = factor ** 0.25 * (input.rttMs / 1000 / input.lossRate) ** 0.75;
  return Math.max(cubic, renoMeanWindow(input.lossRate));
}

/** The loss rate at which CUBIC holds this mean window: the inverse of `cubicMeanWindow` (RFC 9438 §5.2). */
export function cubicLossRateFor(input: { windowSegments: number; rttMs: number; c?: number }): number {
  const factor = ((input.c ?? CUBIC_C) * (3 + CUBIC_BETA)) / (4 * (1 - CUBIC_BETA));
  const cubic = (factor ** 0.25 / input.windowSegments) ** (4 / 3) * (input.rttMs / 1000);
  return Math.max(cubic, 1.44 / input.windowSegments ** 2);
}
