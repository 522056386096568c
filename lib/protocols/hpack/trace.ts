import type { TraceSink } from '@/lib/bytes';
import type { HeaderField } from './header-field';
import { huffmanDecode } from './huffman';
import { decodeInteger } from './integer';
import { PATTERNS, patternOf } from './representation';
import { FIRST_DYNAMIC_INDEX } from './static-table';
import { findString } from './string-literal';

const NAMES = {
  indexed: 'Indexed Header Field',
  incremental: 'Literal Header Field with Incremental Indexing',
  'size-update': 'Dynamic Table Size Update',
  never: 'Literal Header Field Never Indexed',
  without: 'Literal Header Field without Indexing',
};

/**
 * Writes the spans of the representation at `start`: one around all of it, then its pattern, its integer and its
 * strings, and of a Huffman-coded string each symbol. Together the innermost cover every bit once.
 * @param field what it stands for; undefined for a size update
 */
export function traceRepresentation(
  sink: TraceSink,
  bytes: Uint8Array,
  start: number,
  field: HeaderField | undefined,
): void {
  const pattern = patternOf(bytes[start]!);
  const { prefixBits, flags, ref } = PATTERNS[pattern];
  const { value: number, next } = decodeInteger(bytes, start, prefixBits);
  const isLiteral = pattern !== 'indexed' && pattern !== 'size-update';
  const nameString = isLiteral && number === 0 ? findString(bytes, next) : undefined;
  const valueString = isLiteral ? findString(bytes, nameString?.end ?? next) : undefined;
  const end = valueString?.end ?? next;

  const whole = field ? `${field.name}: ${field.value}` : `at most ${number} octets`;
  sink.push({ start: start * 8, end: end * 8, name: NAMES[pattern], value: whole, ref });
  const patternBits = 8 - prefixBits;
  const patternText = (flags >>> prefixBits).toString(2).padStart(patternBits, '0');
  sink.push({ start: start * 8, end: start * 8 + patternBits, name: 'Pattern', value: patternText, ref });

  const integer = { start: start * 8 + patternBits, end: next * 8, ref: `${ref}, §5.1` };
  if (pattern === 'size-update') {
    sink.push({ ...integer, name: 'Max size', value: String(number), note: integerNote(bytes, start, next) });
    return;
  }
  const table =
    number === 0 ? 'the name follows' : number < FIRST_DYNAMIC_INDEX ? 'static table' : 'dynamic table';
  const what = number === 0 ? '' : `: ${pattern === 'indexed' ? whole : (field?.name ?? '')}`;
  sink.push({
    ...integer,
    name: pattern === 'indexed' ? 'Index' : 'Name index',
    value: String(number),
    note: [table + what, integerNote(bytes, start, next)].filter(Boolean).join('; '),
  });
  if (nameString) traceString(sink, bytes, nameString.start, 'Name', field?.name ?? '');
  if (valueString) traceString(sink, bytes, valueString.start, 'Value', field?.value ?? '');
}

/** How an integer of several octets adds up: the full prefix, then seven bits each. */
function integerNote(bytes: Uint8Array, start: number, next: number): string {
  if (next - start === 1) return '';
  const prefix = 2 ** PATTERNS[patternOf(bytes[start]!)].prefixBits - 1;
  return sumNote(prefix, bytes.subarray(start + 1, next));
}

function sumNote(prefix: number, groups: Uint8Array): string {
  return [prefix, ...Array.from(groups, (octet, i) => (octet & 0x7f) * 128 ** i)].join(' + ');
}

function traceString(sink: TraceSink, bytes: Uint8Array, start: number, name: string, text: string): void {
  const ref = 'RFC 7541 §5.2';
  const { isHuffman, dataStart, end } = findString(bytes, start);
  sink.push({ start: start * 8, end: end * 8, name: `${name} string`, value: text, ref });
  sink.push({
    start: start * 8,
    end: start * 8 + 1,
    name: 'H',
    value: isHuffman ? '1' : '0',
    note: isHuffman ? 'Huffman code' : 'octets as they are',
    ref,
  });
  const length = { start: start * 8 + 1, end: dataStart * 8, name: `${name} length`, ref: `${ref}, §5.1` };
  const note = dataStart - start > 1 ? sumNote(127, bytes.subarray(start + 1, dataStart)) : undefined;
  sink.push({ ...length, value: String(end - dataStart), ...(note === undefined ? {} : { note }) });
  if (end === dataStart) return;
  sink.push({ start: dataStart * 8, end: end * 8, name, value: text, ref });
  if (!isHuffman) return;
  huffmanDecode(bytes.subarray(dataStart, end), (symbol, from, to) => {
    const at = { start: dataStart * 8 + from, end: dataStart * 8 + to };
    const bits = `${to - from} bits`;
    if (symbol === undefined)
      sink.push({ ...at, name: 'Padding', value: bits, note: 'ones, as EOS begins', ref });
    else sink.push({ ...at, name: characterOf(symbol), value: bits, ref: 'RFC 7541 Appendix B' });
  });
}

/** A character as itself; what cannot be seen by its octet. */
function characterOf(symbol: number): string {
  return symbol > 0x20 && symbol < 0x7f
    ? String.fromCharCode(symbol)
    : symbol === 0x20
      ? 'space'
      : `0x${symbol.toString(16).padStart(2, '0')}`;
}
