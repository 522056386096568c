import type { ByteWriter, FieldTrace } from '@/lib/bytes';
import { toHex } from '@/lib/bytes';
import type { PasswordAlgorithm } from '../registry';
import { STUN_PASSWORD_ALGORITHMS } from '../registry';
import type { AttributeCodec } from './codec';
import { expectLength, uint16At } from './codec';

/** One way to make a key of a password; the two that exist have no parameters (RFC 8489 §14.12). */
export type PasswordAlgorithmEntry = { algorithm: PasswordAlgorithm | number; parameters: Uint8Array };

const NAMES = new Map<number, PasswordAlgorithm>(STUN_PASSWORD_ALGORITHMS.map(([n, name]) => [n, name]));
const NUMBERS = new Map<string, number>(STUN_PASSWORD_ALGORITHMS.map(([n, name]) => [name, n]));

/** The one that the client chose (RFC 8489 §14.12). */
export const passwordAlgorithm: AttributeCodec<PasswordAlgorithmEntry> = {
  decode(message, start, length) {
    const { entry, next } = readEntry(message, start, start, length);
    expectLength(next === start + length, start, length, 'one algorithm');
    return entry;
  },
  write: (writer, entry) => writeEntry(writer, entry),
  trace: (fields, entry, _octets, name) => traceEntry(fields, entry, name),
};

/** Those that the server offers, best first (RFC 8489 §14.11). */
export const passwordAlgorithms: AttributeCodec<readonly PasswordAlgorithmEntry[]> = {
  decode(message, start, length) {
    const entries: PasswordAlgorithmEntry[] = [];
    for (let at = start; at < start + length;) {
      const { entry, next } = readEntry(message, at, start, length);
      entries.push(entry);
      at = next;
    }
    return entries;
  },
  write(writer, entries) {
    for (const entry of entries) writeEntry(writer, entry);
  },
  trace(fields, entries, _octets, name) {
    for (const entry of entries) traceEntry(fields, entry, name);
  },
};

function readEntry(
  message: Uint8Array,
  at: number,
  start: number,
  length: number,
): { entry: PasswordAlgorithmEntry; next: number } {
  const end = start + length;
  expectLength(at + 4 <= end, start, length, 'four octets and more an algorithm');
  const octets = uint16At(message, at + 2);
  const next = at + 4 + Math.ceil(octets / 4) * 4;
  expectLength(next <= end, start, length, 'whole algorithms, padded');
  const number = uint16At(message, at);
  const parameters = message.subarray(at + 4, at + 4 + octets);
  return { entry: { algorithm: NAMES.get(number) ?? number, parameters }, next };
}

function writeEntry(writer: ByteWriter, { algorithm, parameters }: PasswordAlgorithmEntry): void {
  const number = typeof algorithm === 'number' ? algorithm : (NUMBERS.get(algorithm) ?? 0);
  writer.uint16(number).uint16(parameters.length).write(parameters);
  writer.write(new Uint8Array(paddingOf(parameters.length)));
}

function traceEntry(
  fields: FieldTrace,
  { algorithm, parameters }: PasswordAlgorithmEntry,
  name: string,
): void {
  fields
    .field(16, `${name}: Algorithm`, algorithm)
    .field(16, `${name}: Parameters Length`, `${parameters.length} octets`)
    .field(parameters.length * 8, `${name}: Parameters`, toHex(parameters, ' '))
    .field(paddingOf(parameters.length) * 8, `${name}: Padding`, '');
}

function paddingOf(octets: number): number {
  return -octets & 3;
}
