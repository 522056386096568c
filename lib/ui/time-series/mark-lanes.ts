/** Lanes above a plot in which labels of marks stand without touching, at a phone's width. */
export const LANE_HEIGHT = 17;
const NARROW_WIDTH = 250;
const CHARACTER_WIDTH = 7;
const MAX_LANES = 3;

/** The lane (0 is next to the plot) of each mark's label, whose left edge stands at `share` of the width. */
export function findMarkLanes(marks: readonly { share: number; label: string }[]): (number | null)[] {
  const ends: number[] = [];
  const order = marks.map((_, i) => i).sort((a, b) => (marks[a]?.share ?? 0) - (marks[b]?.share ?? 0));
  const lanes: (number | null)[] = marks.map(() => null);
  for (const i of order) {
    const mark = marks[i];
    if (!mark) continue;
    const width = (mark.label.length * CHARACTER_WIDTH + 10) / NARROW_WIDTH;
    const left = Math.min(mark.share, 1 - width);
    for (let lane = 0; lane < MAX_LANES; lane++) {
      if ((ends[lane] ?? Number.NEGATIVE_INFINITY) > left) continue;
      ends[lane] = left + width;
      lanes[i] = lane;
      break;
    }
  }
  return lanes;
}
