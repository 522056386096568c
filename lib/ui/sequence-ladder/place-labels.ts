/** An arrow and the text that belongs to it: x as a share of the width, y in pixels. */
export type Arrow = {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  characters: number;
  /** How wide the label may be, if not as the arrow is: a share of the width. */
  reach?: number;
};

/** Where a label's centre stands; `crowded` if there was no room for it. */
export type LabelPlace = { x: number; y: number; crowded: boolean };

/** The width that labels must fit at: a phone's, less the axis. Wider pictures have more room, never less. */
export const NARROW_WIDTH = 280;
const CHARACTER_WIDTH = 7.4;
const PADDING = 12;
/** A label between near neighbours may be this wide, and cross a lifeline. */
export const MIN_REACH = 0.42;
export const LABEL_HEIGHT = 24;
/** On the arrow where it can be; else close beside it; else near its ends. */
const CANDIDATES = [
  ...[0.5, 0.4, 0.6, 0.3, 0.7].map((share) => ({ share, lines: 0 })),
  ...[0.85, -0.85].flatMap((lines) => [0.5, 0.4, 0.6].map((share) => ({ share, lines }))),
  ...[0.22, 0.78].map((share) => ({ share, lines: 0 })),
];

/** Something that stands in the picture already; x as a share of the narrow width. */
export type Taken = { x: number; y: number; halfWidth: number };

/** Half the width of `characters` in a frame, as a share of the narrow width. */
export function halfWidthOf(characters: number): number {
  return (characters * CHARACTER_WIDTH + PADDING) / NARROW_WIDTH / 2;
}

/**
 * Puts each label on its own arrow, at the first of a few places where it covers nothing placed before. The
 * arrows are taken in order. `obstacles` are kept clear if that can be. A label that would cover another, or
 * one of the `marks`, is marked crowded and shows a dot instead.
 */
export function placeLabels(
  arrows: readonly Arrow[],
  { marks = [], obstacles = [] }: { marks?: readonly Taken[]; obstacles?: readonly Taken[] } = {},
): LabelPlace[] {
  const placed: Taken[] = [...marks];
  return arrows.map((arrow) => {
    const at = (share: number) => ({
      x: arrow.x0 + (arrow.x1 - arrow.x0) * share,
      y: arrow.y0 + (arrow.y1 - arrow.y0) * share,
    });
    const reach = Math.max(MIN_REACH, Math.abs(arrow.reach ?? arrow.x1 - arrow.x0));
    const halfWidth = Math.min(halfWidthOf(arrow.characters), reach / 2);
    for (const taken of [[...placed, ...obstacles], placed]) {
      for (const { share, lines } of CANDIDATES) {
        const on = at(share);
        const place = { x: on.x, y: on.y + lines * LABEL_HEIGHT, halfWidth };
        if (!isFree(place, taken, LABEL_HEIGHT - 4)) continue;
        placed.push(place);
        return { x: place.x, y: place.y, crowded: false };
      }
    }
    const halfDot = 6 / NARROW_WIDTH;
    const share =
      [0.9, 0.1, 0.82, 0.18, 0.5].find((one) => isFree({ ...at(one), halfWidth: halfDot }, placed, 16)) ??
      0.9;
    placed.push({ ...at(share), halfWidth: halfDot });
    return { ...at(share), crowded: true };
  });
}

function isFree(place: Taken, taken: readonly Taken[], height: number): boolean {
  return taken.every(
    (other) =>
      Math.abs(other.y - place.y) >= height ||
      Math.abs(other.x - place.x) >= other.halfWidth + place.halfWidth,
  );
}
