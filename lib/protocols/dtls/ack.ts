import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { DtlsError } from './errors';
import { isUint, setUint, uintAt } from './octets';

/** Which record: epoch and number in it (RFC 9147 §4.2). Both have 64 bits on the wire; here up to 2^53 − 1. */
export type RecordNumber = { epoch: number; sequenceNumber: number };

/** Record numbers in an ACK, by its length field of 16 bits (RFC 9147 §7). */
export const MAX_ACK_RECORDS = Math.floor(0xffff / 16);

/** An ACK's octets, its numbers in order (RFC 9147 §7). @throws DtlsError DTLS_FIELD_OUT_OF_RANGE */
export function encodeAck(records: readonly RecordNumber[]): Uint8Array {
  if (records.length > MAX_ACK_RECORDS)
    throw new DtlsError(
      'DTLS_FIELD_OUT_OF_RANGE',
      0,
      `${records.length} records`,
      `at most ${MAX_ACK_RECORDS}`,
    );
  const octets = new Uint8Array(2 + records.length * 16);
  setUint(octets, 0, 2, records.length * 16);
  [...records].sort(compareRecordNumbers).forEach(({ epoch, sequenceNumber }, index) => {
    const at = 2 + index * 16;
    if (!isUint(epoch, Number.MAX_SAFE_INTEGER) || !isUint(sequenceNumber, Number.MAX_SAFE_INTEGER))
      throw new DtlsError('DTLS_FIELD_OUT_OF_RANGE', at, `${epoch}, ${sequenceNumber}`, 'whole numbers');
    setUint(octets, at, 8, epoch);
    setUint(octets, at + 8, 8, sequenceNumber);
  });
  return octets;
}

/** By epoch, then by sequence number. */
export function compareRecordNumbers(a: RecordNumber, b: RecordNumber): number {
  return a.epoch - b.epoch || a.sequenceNumber - b.sequenceNumber;
}

/**
 * The records that an ACK names (RFC 9147 §7). None is allowed: "something came that I could not read" (§7.1).
 * @throws DtlsError DTLS_ACK_MALFORMED, DTLS_FIELD_OUT_OF_RANGE
 */
export function decodeAck(octets: Uint8Array, trace?: TraceSink): RecordNumber[] {
  const length = uintAt(octets, 0, 2);
  if (octets.length < 2 || octets.length !== 2 + length || length % 16 !== 0)
    throw new DtlsError(
      'DTLS_ACK_MALFORMED',
      0,
      `${octets.length} octets, length ${length}`,
      '16 for each record',
    );
  const fields = trace && new FieldTrace(trace, 'RFC 9147 §7').field(16, 'record_numbers length', length);
  const records: RecordNumber[] = [];
  for (let at = 2; at < octets.length; at += 16) {
    const epoch = uintAt(octets, at, 8);
    const sequenceNumber = uintAt(octets, at + 8, 8);
    if (epoch > Number.MAX_SAFE_INTEGER || sequenceNumber > Number.MAX_SAFE_INTEGER)
      throw new DtlsError('DTLS_FIELD_OUT_OF_RANGE', at, 'a number above 2^53', 'one that was sent');
    records.push({ epoch, sequenceNumber });
    fields?.field(64, 'epoch', epoch).field(64, 'sequence_number', sequenceNumber);
  }
  return records;
}
