/** Values over time, on an oscilloscope; and curves that a learner draws. */
export { TimeSeries } from './time-series';
export { curveErrors } from './curve';
export type { CurveDrawing, Point, Series, TimeSeriesProps } from './props';
