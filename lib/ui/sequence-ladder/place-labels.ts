/** An arrow and the text that belongs to it: x as a share of the width, y in pixels. */
export type Arrow = { x0: number; y0: number; x1: number; y1: number; characters: number };

/** Where a label's centre stands; `crowded` if there was no room for it. */
export type LabelPlace = { x: number; y: number; crowded: boolean };

/** The width that labels must fit at: a phone's, less the axis. Wider pictures have more room, never less. */
export const NARROW_WIDTH = 280;
const CHARACTER_WIDTH = 7.4;
const PADDING = 12;
export const LABEL_HEIGHT = 24;
const CANDIDATES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78];

/**
 * Puts each label on its own arrow, at the first of a few places where it covers no earlier label. The
 * arrows are taken in order; one whose label finds no place is marked crowded and shows a dot instead.
 */
export function placeLabels(arrows: readonly Arrow[]): LabelPlace[] {
  const taken: { x: number; y: number; halfWidth: number }[] = [];
  return arrows.map((arrow) => {
    const span = Math.abs(arrow.x1 - arrow.x0);
    const halfWidth = Math.min((arrow.characters * CHARACTER_WIDTH + PADDING) / NARROW_WIDTH, span) / 2;
    for (const share of CANDIDATES) {
      const x = arrow.x0 + (arrow.x1 - arrow.x0) * share;
      const y = arrow.y0 + (arrow.y1 - arrow.y0) * share;
      const free = taken.every(
        (other) =>
          Math.abs(other.y - y) >= LABEL_HEIGHT || Math.abs(other.x - x) >= other.halfWidth + halfWidth,
      );
      if (!free) continue;
      taken.push({ x, y, halfWidth });
      return { x, y, crowded: false };
    }
    return { x: (arrow.x0 + arrow.x1) / 2, y: (arrow.y0 + arrow.y1) / 2, crowded: true };
  });
}
