/** One number that has a bar; bench/run.mjs prints it. */
export type BenchRow = {
  /** What is measured, on what. */
  name: string;
  unit: string;
  bar: number;
  sense: 'at least' | 'at most';
  measured: number;
  /** Why a bar is not held, and that it is known. */
  note?: string | undefined;
};

/** What a bench gets: `origin()` starts the production server when first asked. */
export type BenchContext = { origin(): Promise<string> };

/** The middle value; of an even number the lower of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
