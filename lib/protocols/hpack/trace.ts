import { FieldTrace, type TraceSink } from '@/lib/bytes';
import type { HeaderField } from './header-field';
import { CODE_LENGTHS, MAX_CODE_LENGTH } from './huffman-code';
import { decodeInteger } from './integer';
import { PATTERNS, patternOf } from './representation';
import { FIRST_DYNAMIC_INDEX } from './static-table';
import { findString, type StringLayout } from './string-literal';

const STRING_REF = 'RFC 7541 §5.2';

// What is said of every representation and every symbol, made once: making texts is most of what tracing costs.
const textsOf = (pattern: keyof typeof PATTERNS, name: string) => {
  const { flags, prefixBits, ref } = PATTERNS[pattern];
  const bits = (flags >>> prefixBits).toString(2).padStart(8 - prefixBits, '0');
  return { name, bits, integerRef: `${ref}, §5.1` };
};
const TEXTS = {
  indexed: textsOf('indexed', 'Indexed Header Field'),
  incremental: textsOf('incremental', 'Literal Header Field with Incremental Indexing'),
  'size-update': textsOf('size-update', 'Dynamic Table Size Update'),
  never: textsOf('never', 'Literal Header Field Never Indexed'),
  without: textsOf('without', 'Literal Header Field without Indexing'),
};
const BIT_COUNTS = Array.from({ length: MAX_CODE_LENGTH + 1 }, (_, bits) => `${bits} bits`);
const CHARACTERS = Array.from({ length: 256 }, (_, octet) => characterOf(octet));

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
  const { prefixBits, ref } = PATTERNS[pattern];
  const { value: number, next } = decodeInteger(bytes, start, prefixBits);
  const isLiteral = pattern !== 'indexed' && pattern !== 'size-update';
  const nameString = isLiteral && number === 0 ? findString(bytes, next) : undefined;
  const valueString = isLiteral ? findString(bytes, nameString?.end ?? next) : undefined;
  const end = valueString?.end ?? next;

  const texts = TEXTS[pattern];
  const whole = field ? `${field.name}: ${field.value}` : `at most ${number} octets`;
  sink.push({ start: start * 8, end: end * 8, name: texts.name, value: whole, ref });
  const patternBits = 8 - prefixBits;
  const fields = new FieldTrace(sink, ref, start).field(patternBits, 'Pattern', texts.bits);
  const integerBits = (next - start) * 8 - patternBits;
  const sum = next - start > 1 ? sumNote(2 ** prefixBits - 1, bytes.subarray(start + 1, next)) : '';
  if (pattern === 'size-update') {
    fields.field(integerBits, 'Max size', number, sum, texts.integerRef);
    return;
  }
  const table =
    number === 0 ? 'the name follows' : number < FIRST_DYNAMIC_INDEX ? 'static table' : 'dynamic table';
  const what = number === 0 ? '' : `: ${pattern === 'indexed' ? whole : (field?.name ?? '')}`;
  const note = sum === '' ? table + what : `${table}${what}; ${sum}`;
  fields.field(integerBits, pattern === 'indexed' ? 'Index' : 'Name index', number, note, texts.integerRef);
  if (nameString) traceString(sink, bytes, nameString, 'Name', field?.name ?? '');
  if (valueString) traceString(sink, bytes, valueString, 'Value', field?.value ?? '');
}

/** How an integer of several octets adds up: the full prefix, then seven bits each. */
function sumNote(prefix: number, groups: Uint8Array): string {
  let sum = String(prefix);
  for (let i = 0; i < groups.length; i++) sum += ` + ${(groups[i]! & 0x7f) * 128 ** i}`;
  return sum;
}

function traceString(
  sink: TraceSink,
  bytes: Uint8Array,
  { start, isHuffman, dataStart, end }: StringLayout,
  name: 'Name' | 'Value',
  text: string,
): void {
  sink.push({ start: start * 8, end: end * 8, name: `${name} string`, value: text, ref: STRING_REF });
  const sum = dataStart - start > 1 ? sumNote(127, bytes.subarray(start + 1, dataStart)) : undefined;
  new FieldTrace(sink, STRING_REF, start)
    .field(1, 'H', isHuffman ? '1' : '0', isHuffman ? 'Huffman code' : 'octets as they are')
    .field((dataStart - start) * 8 - 1, `${name} length`, end - dataStart, sum, `${STRING_REF}, §5.1`)
    .field((end - dataStart) * 8, name, text);
  if (isHuffman)
    traceSymbols(new FieldTrace(sink, 'RFC 7541 Appendix B', dataStart), text, (end - dataStart) * 8);
}

/** Each symbol of a string in Huffman code: the text says which codes stand there. */
function traceSymbols(symbols: FieldTrace, text: string, bits: number): void {
  let left = bits;
  for (let i = 0; i < text.length; i++) {
    const octet = text.charCodeAt(i);
    const length = CODE_LENGTHS[octet]!;
    symbols.field(length, CHARACTERS[octet]!, BIT_COUNTS[length]!);
    left -= length;
  }
  symbols.field(left, 'Padding', `${left} bits`, 'ones, as EOS begins', STRING_REF);
}

/** A character as itself; what cannot be seen by its octet. */
function characterOf(symbol: number): string {
  return symbol > 0x20 && symbol < 0x7f
    ? String.fromCharCode(symbol)
    : symbol === 0x20
      ? 'space'
      : `0x${symbol.toString(16).padStart(2, '0')}`;
}
