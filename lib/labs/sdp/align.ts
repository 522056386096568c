/** A line of either text: in both, only in the one before, or only in the one after. */
export type AlignedLine = { text: string; status: 'kept' | 'removed' | 'added' };

/** More pairs than this are not compared: everything between the common ends then counts as replaced. */
const MAX_PAIRS = 30_000;

/** The longest common sequence of lines, as a diff shows it: removed lines before the added ones that took their place. */
export function alignLines(before: readonly string[], after: readonly string[]): AlignedLine[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  const [left, right] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  return [
    ...before.slice(0, head).map(kept),
    ...alignMiddle(left, right),
    ...before.slice(before.length - tail).map(kept),
  ];
}

const kept = (text: string): AlignedLine => ({ text, status: 'kept' });
const removed = (text: string): AlignedLine => ({ text, status: 'removed' });
const added = (text: string): AlignedLine => ({ text, status: 'added' });

function alignMiddle(left: readonly string[], right: readonly string[]): AlignedLine[] {
  if (left.length * right.length > MAX_PAIRS) return [...left.map(removed), ...right.map(added)];
  // lengths[i][j]: the longest common sequence of left from i and right from j.
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const row = lengths[i]!;
      const below = lengths[i + 1]!;
      row[j] = left[i] === right[j] ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!);
    }
  }
  const aligned: AlignedLine[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      aligned.push(kept(left[i]!));
      i++;
      j++;
    } else if (i < left.length && (j === right.length || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      aligned.push(removed(left[i++]!));
    } else aligned.push(added(right[j++]!));
  }
  return aligned;
}
