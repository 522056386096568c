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
export const LABEL_HEIGHT = 24;
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78];
/** On the arrow where it can be; else beside it, as long as one still sees which it belongs to. */
const CANDIDATES = [0, 0.7, 1, -0.7, -1].flatMap((lines) =>
  (lines === 0 ? SHARES : SHARES.slice(0, 3)).map((share) => ({ share, dy: lines * LABEL_HEIGHT })),
);

/** Something that stands in the picture already; x as a share of the narrow width. */
export type Taken = { x: number; y: number; halfWidth: number };

/** Half the width of `characters` in a frame, as a share of the narrow width. */
export function halfWidthOf(characters: number): number {
  return (characters * CHARACTER_WIDTH + PADDING) / NARROW_WIDTH / 2;
}

/**
 * Puts each label on its own arrow, at the first of a few places where it covers nothing placed before. The
 * arrows are taken in order; one whose label finds no place is marked crowded and shows a dot instead.
 */
export function placeLabels(arrows: readonly Arrow[], obstacles: readonly Taken[] = []): LabelPlace[] {
  const taken = [...obstacles];
  return arrows.map((arrow) => {
    const at = (share: number) => ({
      x: arrow.x0 + (arrow.x1 - arrow.x0) * share,
      y: arrow.y0 + (arrow.y1 - arrow.y0) * share,
    });
    const isFree = (x: number, y: number, halfWidth: number, height: number) =>
      taken.every(
        (other) => Math.abs(other.y - y) >= height || Math.abs(other.x - x) >= other.halfWidth + halfWidth,
      );
    const halfWidth = Math.min(
      halfWidthOf(arrow.characters),
      Math.abs(arrow.reach ?? arrow.x1 - arrow.x0) / 2,
    );
    for (const { share, dy } of CANDIDATES) {
      const { x, y } = at(share);
      if (!isFree(x, y + dy, halfWidth, LABEL_HEIGHT - 4)) continue;
      taken.push({ x, y: y + dy, halfWidth });
      return { x, y: y + dy, crowded: false };
    }
    const dotWidth = 6 / NARROW_WIDTH;
    const share =
      [0.9, 0.1, 0.82, 0.18, 0.5].find((one) => isFree(at(one).x, at(one).y, dotWidth, 16)) ?? 0.9;
    taken.push({ ...at(share), halfWidth: dotWidth });
    return { ...at(share), crowded: true };
  });
}
