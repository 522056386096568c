import type { TraceSink } from '@/lib/bytes';
import { recordFormOf } from './record-form';
import { DtlsError } from './errors';
import { type PlaintextRecord, readPlaintextRecord } from './plaintext-record';
import { readUnifiedRecord, type UnifiedRecord } from './unified-header';

/** A record of a datagram; `form` says which header it has. */
export type DtlsRecord = PlaintextRecord | UnifiedRecord;

/** Octets of a datagram, by UDP's length field less the headers. */
export const MAX_DATAGRAM_OCTETS = 65_527;

/** Records in a datagram that are read at most; a flight of small messages needs a dozen. */
export const MAX_RECORDS_IN_DATAGRAM = 256;

/**
 * The records of a datagram (RFC 9147 §4.3): one or more, each whole, none over the end. `cidOctets` is the length of the
 * connection ids that we gave out, which the wire does not tell; all records of a datagram carry the same one or none.
 * An endpoint drops what is thrown here and goes on (§4.5.2).
 * @throws DtlsError DTLS_DATAGRAM_TOO_LONG, DTLS_TOO_MANY_RECORDS, DTLS_RECORD_TYPE_UNKNOWN, DTLS_RECORD_TRUNCATED,
 *   DTLS_RECORD_VERSION_WRONG, DTLS_RECORD_TOO_LONG, DTLS_CONNECTION_ID_WRONG
 */
export function decodeDatagram(
  datagram: Uint8Array,
  opts: { cidOctets?: number } = {},
  trace?: TraceSink,
): DtlsRecord[] {
  const { cidOctets = 0 } = opts;
  if (datagram.length > MAX_DATAGRAM_OCTETS)
    throw new DtlsError(
      'DTLS_DATAGRAM_TOO_LONG',
      0,
      `${datagram.length} octets`,
      `at most ${MAX_DATAGRAM_OCTETS}`,
    );
  const records: DtlsRecord[] = [];
  for (let at = 0; at < datagram.length;) {
    if (records.length === MAX_RECORDS_IN_DATAGRAM)
      throw new DtlsError(
        'DTLS_TOO_MANY_RECORDS',
        at,
        'one more record',
        `at most ${MAX_RECORDS_IN_DATAGRAM}`,
      );
    const form = recordFormOf(datagram[at]!);
    if (form === undefined)
      throw new DtlsError(
        'DTLS_RECORD_TYPE_UNKNOWN',
        at,
        `first octet ${datagram[at]}`,
        '20 to 26 or 32 to 63',
      );
    if (form === 'unified') {
      const record = readUnifiedRecord(datagram, at, cidOctets, trace);
      records.push(record);
      at += record.headerOctets.length + record.encryptedRecord.length;
    } else {
      const record = readPlaintextRecord(datagram, at, cidOctets, trace);
      records.push(record);
      at += 13 + (record.connectionId?.length ?? 0) + record.fragment.length;
    }
  }
  return records;
}
