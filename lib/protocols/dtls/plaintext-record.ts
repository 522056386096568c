import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { nameIn } from '@/lib/protocols/tls';
import { DtlsError } from './errors';
import { isUint, setUint, uintAt } from './octets';
import { DTLS_CONTENT_TYPES, DTLS_VERSIONS } from './registry';

/**
 * A record with the header of 13 octets: DTLSPlaintext of 1.3, and every record of 1.2, protected ones as well (RFC 9147 §4,
 * RFC 6347 §4.1). With `connectionId` its type is tls12_cid and the real one lies in the protected part (RFC 9146 §4).
 */
export type PlaintextRecord = {
  form: 'plaintext' | 'tls12-cid';
  type: number;
  version: number;
  epoch: number;
  /** 48 bits. */
  sequenceNumber: number;
  connectionId: Uint8Array | undefined;
  fragment: Uint8Array;
};

/** Octets of the header without a connection id (RFC 6347 §4.1). */
export const PLAINTEXT_HEADER_OCTETS = 13;

/** Sequence numbers have 48 bits; after the last one the keys must change or the association ends (RFC 9147 §4.2). */
export const MAX_SEQUENCE_NUMBER = 2 ** 48 - 1;

/** Octets in a record of 1.2: 2^14, and 2,048 that protection may add (RFC 5246 §6.2.3). */
export const MAX_FRAGMENT_OCTETS = 2 ** 14 + 2048;

/** Octets that are not protected (RFC 9147 §4, RFC 8446 §5.1): those of epoch 0. */
export const MAX_PLAINTEXT_FRAGMENT_OCTETS = 2 ** 14;

/**
 * A record to octets. @throws DtlsError DTLS_RECORD_TOO_LONG, DTLS_FIELD_OUT_OF_RANGE
 */
export function encodePlaintextRecord(
  record: Omit<PlaintextRecord, 'form' | 'connectionId'> & { connectionId?: Uint8Array | undefined },
  trace?: TraceSink,
): Uint8Array {
  const { type, version, epoch, sequenceNumber, connectionId, fragment } = record;
  const cidOctets = connectionId?.length ?? 0;
  if (!isUint(type, 255) || !isUint(version, 0xffff) || !isUint(epoch, 0xffff) || cidOctets > 255)
    throw new DtlsError('DTLS_FIELD_OUT_OF_RANGE', 0, `type ${type}, epoch ${epoch}`, '8 and 16 bits');
  if (!isUint(sequenceNumber, MAX_SEQUENCE_NUMBER))
    throw new DtlsError('DTLS_FIELD_OUT_OF_RANGE', 5, `number ${sequenceNumber}`, '48 bits');
  checkLength(11 + cidOctets, epoch, fragment.length);
  const octets = new Uint8Array(PLAINTEXT_HEADER_OCTETS + cidOctets + fragment.length);
  octets[0] = type;
  setUint(octets, 1, 2, version);
  setUint(octets, 3, 2, epoch);
  setUint(octets, 5, 6, sequenceNumber);
  if (connectionId) octets.set(connectionId, 11);
  setUint(octets, 11 + cidOctets, 2, fragment.length);
  octets.set(fragment, PLAINTEXT_HEADER_OCTETS + cidOctets);
  if (trace) tracePlaintextRecord(trace, 0, record);
  return octets;
}

/** The record that starts at `start`. `cidOctets`: how long our connection ids are. */
export function readPlaintextRecord(
  datagram: Uint8Array,
  start: number,
  cidOctets: number,
  trace?: TraceSink,
): PlaintextRecord {
  const hasCid = datagram[start] === DTLS_CONTENT_TYPES.tls12_cid;
  const idOctets = hasCid ? cidOctets : 0;
  const headerEnd = start + PLAINTEXT_HEADER_OCTETS + idOctets;
  if (headerEnd > datagram.length)
    throw new DtlsError(
      'DTLS_RECORD_TRUNCATED',
      datagram.length,
      `${datagram.length - start} octets`,
      `a header of ${headerEnd - start}`,
    );
  const version = uintAt(datagram, start + 1, 2);
  if (version >> 8 !== 0xfe)
    throw new DtlsError('DTLS_RECORD_VERSION_WRONG', start + 1, nameIn(DTLS_VERSIONS, version), '0xfe first');
  const epoch = uintAt(datagram, start + 3, 2);
  const length = uintAt(datagram, headerEnd - 2, 2);
  checkLength(headerEnd - 2, epoch, length);
  if (headerEnd + length > datagram.length)
    throw new DtlsError(
      'DTLS_RECORD_TRUNCATED',
      headerEnd,
      `${datagram.length - headerEnd} octets`,
      `${length}, as its length says`,
    );
  const record: PlaintextRecord = {
    form: hasCid ? 'tls12-cid' : 'plaintext',
    type: datagram[start]!,
    version,
    epoch,
    sequenceNumber: uintAt(datagram, start + 5, 6),
    connectionId: hasCid ? datagram.slice(start + 11, start + 11 + idOctets) : undefined,
    fragment: datagram.slice(headerEnd, headerEnd + length),
  };
  if (trace) tracePlaintextRecord(trace, start, record);
  return record;
}

function checkLength(at: number, epoch: number, octets: number): void {
  const most = epoch === 0 ? MAX_PLAINTEXT_FRAGMENT_OCTETS : MAX_FRAGMENT_OCTETS;
  if (octets > most) throw new DtlsError('DTLS_RECORD_TOO_LONG', at, `${octets} octets`, `at most ${most}`);
}

type TracedRecord = Omit<PlaintextRecord, 'form' | 'connectionId'> & {
  connectionId?: Uint8Array | undefined;
};

function tracePlaintextRecord(sink: TraceSink, at: number, record: TracedRecord): void {
  const { type, version, epoch, sequenceNumber, connectionId, fragment } = record;
  const fields = new FieldTrace(sink, 'RFC 9147 §4', at)
    .field(8, 'ContentType', nameIn(DTLS_CONTENT_TYPES, type), `${type}`)
    .field(16, 'legacy_record_version', nameIn(DTLS_VERSIONS, version))
    .field(16, 'epoch', epoch, undefined, 'RFC 9147 §6.1')
    .field(48, 'sequence_number', sequenceNumber, undefined, 'RFC 9147 §4.2');
  if (connectionId)
    fields.field(connectionId.length * 8, 'cid', `${connectionId.length} octets`, undefined, 'RFC 9146 §4');
  fields
    .field(16, 'length', fragment.length)
    .field(fragment.length * 8, epoch === 0 ? 'fragment' : 'encrypted fragment', `${fragment.length} octets`);
}
