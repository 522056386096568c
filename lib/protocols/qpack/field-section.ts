import { fieldSize, type HeaderField } from '../hpack';
import type { DynamicTable } from './dynamic-table';
import { staticEntry } from './encoder-stream';
import { decodeInsertCount, maxEntriesOf } from './insert-count';
import type { InstructionReader } from './instruction-reader';

/** What every field section starts with (RFC 9204 §4.5.1). */
export type SectionPrefix = { readonly requiredInsertCount: number; readonly base: number };

/** Required Insert Count and Base. @throws QpackError */
export function readPrefix(
  reader: InstructionReader,
  table: DynamicTable,
  maxTableCapacity: number,
): SectionPrefix {
  const encoded = reader.integer(8, 'Required Insert Count (encoded)', 'RFC 9204 §4.5.1.1');
  const isNegative = (reader.peek() & 0x80) !== 0;
  const delta = reader.integer(7, 'Delta Base', 'RFC 9204 §4.5.1.2', isNegative ? 'S=1' : 'S=0');
  if (reader.isShort) throw reader.error('QPACK_SECTION_TRUNCATED', 'the end', 'a prefix of two integers');
  const required = decodeInsertCount(encoded, maxEntriesOf(maxTableCapacity), table.insertCount);
  if (required === undefined)
    throw reader.error('QPACK_INSERT_COUNT_INVALID', encoded, 'a count that a table of this size can have');
  const base = isNegative ? required - delta - 1 : required + delta;
  if (base < 0) throw reader.error('QPACK_BASE_INVALID', base, 'at least 0');
  reader.commit();
  return { requiredInsertCount: required, base };
}

/**
 * The fields after the prefix (RFC 9204 §4.5.2 to §4.5.6).
 *
 *     1 T index(6)                  indexed (T=1: static)
 *     0 0 0 1 index(4)              indexed, counted from Base upward
 *     0 1 N T index(4)      value   literal with name reference
 *     0 0 0 0 N index(3)    value   literal with name reference, counted from Base upward
 *     0 0 1 N H name(3)     value   literal with literal name
 *
 * @throws QpackError
 */
export function readFields(
  reader: InstructionReader,
  prefix: SectionPrefix,
  table: DynamicTable,
  maxHeaderListSize: number,
): HeaderField[] {
  const fields: HeaderField[] = [];
  let size = 0;
  while (reader.hasMore) {
    const field = readField(reader, prefix, table, maxHeaderListSize);
    if (reader.isShort) throw reader.error('QPACK_SECTION_TRUNCATED', 'the end', 'the rest of a field');
    size += fieldSize(field);
    if (size > maxHeaderListSize)
      throw reader.error('QPACK_HEADER_LIST_TOO_LARGE', size, `at most ${maxHeaderListSize}`);
    reader.commit();
    fields.push(field);
  }
  return fields;
}

function readField(
  reader: InstructionReader,
  { requiredInsertCount, base }: SectionPrefix,
  table: DynamicTable,
  maxString: number,
): HeaderField {
  const first = reader.peek();
  /** An entry that the section may use: inserted before it was written, and still here. */
  const dynamic = (absolute: number): HeaderField => {
    if (reader.isShort) return { name: '', value: '' };
    const entry = absolute < requiredInsertCount ? table.get(absolute) : undefined;
    if (entry) return entry;
    const expected = `${table.dropped} to ${Math.min(requiredInsertCount, table.insertCount) - 1}`;
    throw reader.error('QPACK_DYNAMIC_INDEX_INVALID', absolute, expected);
  };
  if (first >= 0x80) {
    const isStatic = (first & 0x40) !== 0;
    const index = reader.integer(6, 'index', 'RFC 9204 §4.5.2', isStatic ? '1, T=1' : '1, T=0');
    const { name, value } = isStatic ? staticEntry(reader, index) : dynamic(base - 1 - index);
    return { name, value };
  }
  if (first >= 0x40) {
    const [isNever, isStatic] = [(first & 0x20) !== 0, (first & 0x10) !== 0];
    const flags = `01, N=${Number(isNever)}, T=${Number(isStatic)}`;
    const index = reader.integer(4, 'name index', 'RFC 9204 §4.5.4', flags);
    const { name } = isStatic ? staticEntry(reader, index) : dynamic(base - 1 - index);
    return literal(name, reader.string(7, 'value', 'RFC 9204 §4.5.4', maxString), isNever);
  }
  if (first >= 0x20) {
    const isNever = (first & 0x10) !== 0;
    const flags = `001, N=${Number(isNever)}, H=${(first >> 3) & 1}`;
    const name = reader.string(3, 'name', 'RFC 9204 §4.5.6', maxString, flags);
    return literal(name, reader.string(7, 'value', 'RFC 9204 §4.5.6', maxString), isNever);
  }
  if (first >= 0x10) {
    const index = reader.integer(4, 'post-base index', 'RFC 9204 §4.5.3', '0001');
    const { name, value } = dynamic(base + index);
    return { name, value };
  }
  const isNever = (first & 0x08) !== 0;
  const index = reader.integer(3, 'post-base name index', 'RFC 9204 §4.5.5', `0000, N=${Number(isNever)}`);
  const { name } = dynamic(base + index);
  return literal(name, reader.string(7, 'value', 'RFC 9204 §4.5.5', maxString), isNever);
}

function literal(name: string, value: string, sensitive: boolean): HeaderField {
  return sensitive ? { name, value, sensitive } : { name, value };
}
