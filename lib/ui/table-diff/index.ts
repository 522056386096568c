/** A table and what changed in it. */
export { TableDiff, type TableDiffProps } from './table-diff';
export { findRowChanges, type RowChange } from './row-changes';
