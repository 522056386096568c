/** To which side of its line a flag's words stand. */
export type Lean = 'left' | 'right';

/** A flag's words take up about this share of a phone's width. */
const REACH = 0.38;

/**
 * Where the words of pointers stand, for pointers in ascending order of their place (shares of the width): the
 * first leans to the left and the others to the right as far as there is room. Each has a lane of its own from
 * 0 at the top, such that no line runs through the words of another.
 */
export function layOutFlags(shares: readonly number[]): { lane: number; lean: Lean }[] {
  const leans = shares.map((share, index): Lean => {
    if (share > 1 - REACH) return 'left';
    return index === 0 && share > REACH ? 'left' : 'right';
  });
  // Of those that lean to the right the rightmost is lowest; of those to the left, the leftmost.
  const order = shares.map((_, index) => index);
  const isLeft = leans.every((lean) => lean === 'left');
  if (isLeft) order.reverse();
  return leans.map((lean, index) => ({ lane: order.indexOf(index), lean }));
}
