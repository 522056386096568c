import type { Layer } from '../layer';

/** How a part is filled: each is told apart by its pattern, also without colour. */
export type RibbonFill = 'solid' | 'stripes' | 'dots' | 'open' | 'blank';

export type RibbonPart = {
  id: string;
  label: string;
  /** [from, to) on the row's axis; an empty part stays in the key with nothing drawn. */
  from: number;
  to: number;
  fill: RibbonFill;
  layer: Layer;
};

/** A place on the axis with a name, in monospace. */
export type RibbonPointer = { id: string; label: string; at: number };

export type RibbonRow = {
  id: string;
  label: string;
  parts: readonly RibbonPart[];
  pointers: readonly RibbonPointer[];
  /** A bracket under the row: a window. */
  bracket?: { from: number; to: number; label: string } | undefined;
};

/**
 * Rows over one axis, each a ribbon cut into parts, with pointers above and a bracket below. What lies outside
 * the domain is not drawn. The key under each row says every part in words and numbers: the text equivalent.
 */
export type WindowRibbonProps = {
  /** What the picture shows, for its accessible name. */
  label: string;
  rows: readonly RibbonRow[];
  domain: readonly [from: number, to: number];
  axisLabel: string;
};
