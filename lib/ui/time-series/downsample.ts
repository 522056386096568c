import type { Samples } from './samples';

/**
 * Indices of the samples that make the same picture in `columns` columns of pixels: of each column the first,
 * the least, the greatest and the last (so that peaks of one sample stay). All of them where there are few.
 */
export function findVisibleSamples(
  { xs, ys }: Samples,
  domain: readonly [number, number],
  columns: number,
): number[] {
  const [from, to] = domain;
  const scale = columns / (to - from || 1);
  const visible: number[] = [];
  if (xs.length <= columns * 2) {
    for (let i = 0; i < xs.length; i++) visible.push(i);
    return visible;
  }
  let i = 0;
  while (i < xs.length) {
    const column = Math.floor(((xs[i] ?? 0) - from) * scale);
    const first = i;
    let least = i;
    let greatest = i;
    for (i++; i < xs.length && Math.floor(((xs[i] ?? 0) - from) * scale) === column; i++) {
      const y = ys[i] ?? 0;
      if (y < (ys[least] ?? 0)) least = i;
      if (y > (ys[greatest] ?? 0)) greatest = i;
    }
    const last = i - 1;
    const low = Math.min(least, greatest);
    const high = Math.max(least, greatest);
    visible.push(first);
    if (low !== first) visible.push(low);
    if (high !== low && high !== first) visible.push(high);
    if (last !== high && last !== first) visible.push(last);
  }
  return visible;
}
