/** Height of a lane above the plot, in which labels of marks stand without touching. */
export const LANE_HEIGHT = 17;
const NARROW_WIDTH = 250;
const CHARACTER_WIDTH = 7;
const MAX_LANES = 3;

/** Lane 0 is next to the plot; null: no room, only the line is drawn. `side` is where the label stands. */
export type MarkPlace = { lane: number | null; side: 'left' | 'right' };

/**
 * Places the labels of marks at a phone's width. `share` is where the mark stands, from 0 to 1. From the right
 * to the left, so that a label at the right of its line lies above the lines that it would cross.
 */
export function placeMarks(marks: readonly { share: number; label: string }[]): MarkPlace[] {
  const lanes: { from: number; to: number }[][] = [];
  const places: MarkPlace[] = marks.map(() => ({ lane: null, side: 'right' }));
  const order = marks.map((_, i) => i).sort((a, b) => (marks[b]?.share ?? 0) - (marks[a]?.share ?? 0));
  for (const i of order) {
    const mark = marks[i];
    if (!mark) continue;
    const width = (mark.label.length * CHARACTER_WIDTH + 10) / NARROW_WIDTH;
    const side = mark.share + width <= 1 ? 'right' : 'left';
    const from = side === 'right' ? mark.share : mark.share - width;
    places[i] = { lane: null, side };
    for (let lane = 0; lane < MAX_LANES; lane++) {
      const taken = (lanes[lane] ??= []);
      if (taken.some((other) => other.from < from + width && other.to > from)) continue;
      taken.push({ from, to: from + width });
      places[i] = { lane, side };
      break;
    }
  }
  return places;
}
