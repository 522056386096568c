import { expect, test } from 'vitest';
import { render, textOf } from '../testing/render.fixture';
import { findRowChanges } from './row-changes';
import { TableDiff } from './table-diff';

type Row = { key: string; size: number };
const columns = [{ id: 'size', label: 'Size', text: (row: Row) => String(row.size) }];
const keyOf = (row: Row) => row.key;

test('rows are added, changed, removed or evicted, each at its place', () => {
  const before = [
    { key: 'a', size: 1 },
    { key: 'b', size: 2 },
    { key: 'c', size: 3 },
  ];
  const after = [
    { key: 'a', size: 9 },
    { key: 'd', size: 4 },
  ];
  const changes = findRowChanges(after, before, keyOf, columns, (row) => row.key === 'c');
  expect(changes.map((change) => [change.key, change.kind])).toEqual([
    ['a', 'changed'],
    ['b', 'removed'],
    ['c', 'evicted'],
    ['d', 'added'],
  ]);
});

test('marks are said in words', () => {
  const text = textOf(
    render(
      <TableDiff caption="Table" {...{ columns, keyOf }} rows={[{ key: 'd', size: 4 }]} previousRows={[]} />,
    ),
  );
  expect(text).toContain('Added');
});

test('a derived column that differs changes no row, and the row spoken of says so', () => {
  const derived = [{ ...columns[0]!, derived: true }];
  const before = [{ key: 'a', size: 1 }];
  const after = [{ key: 'a', size: 2 }];
  expect(findRowChanges(after, before, keyOf, derived).map(({ kind }) => kind)).toEqual(['same']);
  const html = render(
    <TableDiff caption="Table" {...{ columns, keyOf }} rows={after} isCurrent={(row) => row.key === 'a'} />,
  );
  expect(html).toContain('aria-current="true"');
});
