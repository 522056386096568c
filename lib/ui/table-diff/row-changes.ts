/** What became of a row, against the table before. */
export type RowChange<Row> = {
  key: string;
  row: Row;
  kind: 'same' | 'added' | 'changed' | 'removed' | 'evicted';
  /** Ids of the columns whose text differs; empty unless `changed`. */
  changed: readonly string[];
};

/**
 * Compares two tables row by row. Rows that are gone stay in the answer at the place where they were, marked
 * `removed`, or `evicted` where `isEvicted` says that room had to be made.
 */
export function findRowChanges<Row>(
  rows: readonly Row[],
  previousRows: readonly Row[] | undefined,
  keyOf: (row: Row) => string,
  columns: readonly { id: string; derived?: boolean; text(row: Row): string }[],
  isEvicted?: (row: Row) => boolean,
): RowChange<Row>[] {
  const before = new Map((previousRows ?? []).map((row) => [keyOf(row), row]));
  const present = new Set(rows.map(keyOf));
  const changes: RowChange<Row>[] = rows.map((row) => {
    const key = keyOf(row);
    const old = before.get(key);
    if (!previousRows) return { key, row, kind: 'same', changed: [] };
    if (old === undefined) return { key, row, kind: 'added', changed: [] };
    const changed = columns
      .filter((column) => !column.derived && column.text(row) !== column.text(old))
      .map((column) => column.id);
    return { key, row, kind: changed.length > 0 ? 'changed' : 'same', changed };
  });
  (previousRows ?? []).forEach((row, index) => {
    const key = keyOf(row);
    if (present.has(key)) return;
    const kind = isEvicted?.(row) ? 'evicted' : 'removed';
    changes.splice(Math.min(index, changes.length), 0, { key, row, kind, changed: [] });
  });
  return changes;
}
