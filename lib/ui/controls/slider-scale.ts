/** Positions of a logarithmic slider: 0 to this. */
export const LOG_POSITIONS = 1000;

/** Where `value` lies between `min` and `max`, from 0 to 1. Logarithmic scales need `min` above 0. */
export function shareOf(value: number, min: number, max: number, logarithmic: boolean): number {
  if (max <= min) return 0;
  const share = logarithmic ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.min(1, Math.max(0, share));
}

/** The value at a share of the way, rounded to `step` and kept within the bounds. */
export function valueAtShare(
  share: number,
  min: number,
  max: number,
  step: number,
  logarithmic: boolean,
): number {
  const raw = logarithmic ? min * (max / min) ** share : min + share * (max - min);
  const stepped = min + Math.round((raw - min) / step) * step;
  const digits = Math.max(0, Math.ceil(-Math.log10(step)) + 1);
  return Math.min(max, Math.max(min, Number(stepped.toFixed(Math.min(12, digits)))));
}

/**
 * The value at a position of a logarithmic slider that stood at `value`. A step of the arrow keys may lead to a
 * position that rounds to the same value; then it is the value next to it, or the keys would never get away.
 */
export function valueAfterMove(
  position: number,
  value: number,
  min: number,
  max: number,
  step: number,
): number {
  const moved = position - Math.round(shareOf(value, min, max, true) * LOG_POSITIONS);
  const next = valueAtShare(position / LOG_POSITIONS, min, max, step, true);
  if (moved === 0 || Math.sign(next - value) === Math.sign(moved)) return next;
  return Math.min(max, Math.max(min, value + Math.sign(moved) * step));
}
