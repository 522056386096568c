import type { HeaderField } from '../hpack';
import type { DynamicTable } from './dynamic-table';
import type { InstructionReader } from './instruction-reader';
import { QPACK_STATIC_TABLE } from './static-table';

/**
 * One encoder instruction, applied to the table (RFC 9204 §4.3); false: octets are lacking and nothing happened.
 *
 *     1 T index(6)  value     insert with name reference (§4.3.2)
 *     0 1 H name(5) value     insert with literal name (§4.3.3)
 *     0 0 1 capacity(5)       set dynamic table capacity (§4.3.1)
 *     0 0 0 index(5)          duplicate (§4.3.4)
 */
export function applyEncoderInstruction(
  reader: InstructionReader,
  table: DynamicTable,
  maxTableCapacity: number,
): boolean {
  const first = reader.peek();
  // Huffman code makes no octet longer than 30 bits; what would not fit into the table is refused unread.
  const maxString = table.capacity * 4;
  if (first >= 0x80) {
    const isStatic = (first & 0x40) !== 0;
    const index = reader.integer(6, 'name index', 'RFC 9204 §4.3.2', isStatic ? '1, T=1' : '1, T=0');
    const { name } = isStatic ? staticEntry(reader, index) : relativeEntry(reader, table, index);
    const value = reader.string(7, 'value', 'RFC 9204 §4.3.2', maxString);
    if (reader.isShort) return false;
    insert(reader, table, { name, value });
  } else if (first >= 0x40) {
    const name = reader.string(5, 'name', 'RFC 9204 §4.3.3', maxString, first & 0x20 ? '01, H=1' : '01, H=0');
    const value = reader.string(7, 'value', 'RFC 9204 §4.3.3', maxString);
    if (reader.isShort) return false;
    insert(reader, table, { name, value });
  } else if (first >= 0x20) {
    const capacity = reader.integer(5, 'capacity', 'RFC 9204 §4.3.1', '001');
    if (reader.isShort) return false;
    if (capacity > maxTableCapacity)
      throw reader.error('QPACK_CAPACITY_ABOVE_LIMIT', capacity, `at most ${maxTableCapacity}`);
    table.setCapacity(capacity);
  } else {
    const index = reader.integer(5, 'index', 'RFC 9204 §4.3.4', '000');
    if (reader.isShort) return false;
    insert(reader, table, relativeEntry(reader, table, index));
  }
  reader.commit();
  return true;
}

function insert(reader: InstructionReader, table: DynamicTable, { name, value }: HeaderField): void {
  if (!table.insert({ name, value }))
    throw reader.error('QPACK_ENTRY_TOO_LARGE', name.length + value.length + 32, `at most ${table.capacity}`);
}

/** An entry of the static table. */
export function staticEntry(reader: InstructionReader, index: number): Readonly<HeaderField> {
  const entry = QPACK_STATIC_TABLE[index];
  if (entry) return entry;
  throw reader.error('QPACK_STATIC_INDEX_INVALID', index, `0 to ${QPACK_STATIC_TABLE.length - 1}`);
}

/** On the encoder stream 0 is the newest entry (RFC 9204 §3.2.5). An index that has not all come names nothing yet. */
function relativeEntry(reader: InstructionReader, table: DynamicTable, index: number): HeaderField {
  if (reader.isShort) return { name: '', value: '' };
  const entry = table.get(table.insertCount - 1 - index);
  if (entry) return entry;
  throw reader.error('QPACK_DYNAMIC_INDEX_INVALID', index, `below ${table.fields.length}`);
}
