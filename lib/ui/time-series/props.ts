import type { Layer } from '../layer';

/** x and y of one sample. */
export type Point = readonly [x: number, y: number];

export type Series = {
  id: string;
  label: string;
  /** Key letter. Default: the place in the list. */
  letter?: string;
  /** In ascending x. Pairs, or two columns of equal length (typed arrays: nothing is copied). */
  points: readonly Point[] | { xs: ArrayLike<number>; ys: ArrayLike<number> };
  style?: 'line' | 'step' | 'points' | 'area';
  /** The hue: a layer, or a number from 0. Default: the place in the list. */
  hue?: Layer | number;
  /** Solid, or one of seven dash patterns. Default: the place in the list. */
  dash?: number;
};

/** Values over x on an oscilloscope; put it inside a `.screen`. At most 8 series are told apart. */
export type TimeSeriesProps = {
  /** What the picture shows, for its accessible name. */
  label: string;
  series: readonly Series[];
  xLabel: string;
  yLabel: string;
  xUnit?: string;
  yUnit?: string;
  /** Default: what the samples span; y from 0 if nothing is below. */
  xDomain?: readonly [number, number];
  yDomain?: readonly [number, number];
  /** Moments: a vertical line with a word and a sign. */
  marks?: readonly { x: number; label: string; tone?: 'plain' | 'good' | 'bad' | 'warn' }[];
  /** Levels: a dashed horizontal line with a word. */
  thresholds?: readonly { y: number; label: string }[];
  /** Where the cursor stands; without `onCursor` the chart keeps it itself. null: nowhere. */
  cursorX?: number | null;
  onCursor?: (x: number | null) => void;
  /** Of the plot, in pixels. Default 260. */
  height?: number;
  drawing?: CurveDrawing;
  /** No table below: the page has one of its own. */
  tableHidden?: boolean;
};

/** The learner draws a curve: one value for each of some x, before seeing the real one. */
export type CurveDrawing = {
  /** "Your curve". */
  label: string;
  /** Ascending; one value is drawn for each. */
  columns: readonly number[];
  /** What is drawn so far, ascending in x, at most one point a column. */
  points: readonly Point[];
  onDraw(points: readonly Point[]): void;
  /** Values are multiples of this. */
  step: number;
  /** No more drawing; the error against `compareWith` is shown. */
  locked?: boolean;
  /** Id of the series that is the real curve. */
  compareWith?: string;
};
