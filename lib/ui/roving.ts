/**
 * Roving focus: one of several things is in the tab order, and keys move between them (WAI-ARIA practices,
 * "Managing focus within components"). Answers the index that a key leads to, or -1 if the key is not ours.
 * `perRow` makes up and down jump by a row; without it they do the same as left and right.
 */
export function rovingTarget(key: string, at: number, count: number, perRow = 1): number {
  if (count === 0) return -1;
  const clamp = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowRight':
      return clamp(at + 1);
    case 'ArrowLeft':
      return clamp(at - 1);
    case 'ArrowDown':
      return clamp(at + perRow);
    case 'ArrowUp':
      return clamp(at - perRow);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}
