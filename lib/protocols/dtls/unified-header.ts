import { FieldTrace, toHex, type TraceSink, joinOctets } from '@/lib/bytes';
import { DtlsError } from './errors';
import { isUint, uintAt } from './octets';

/** The header of a protected record of 1.3, as short as can be (RFC 9147 §4, figure 3). */
export type UnifiedHeader = {
  connectionId: Uint8Array | undefined;
  /** 8 or 16 bits of the sequence number: the S bit. */
  sequenceOctets: 1 | 2;
  /** Its low bits: in the clear when written, still encrypted when read from a datagram (§4.2.3). */
  sequenceBits: number;
  /** The two low bits of the epoch (§4.2.2). */
  epochBits: number;
  /** Octets of the encrypted record; undefined without the L bit: it ends with the datagram. */
  length: number | undefined;
};

/** A protected record of 1.3 in a datagram. */
export type UnifiedRecord = {
  form: 'unified';
  header: UnifiedHeader;
  /** The header's octets as they came. */
  headerOctets: Uint8Array;
  encryptedRecord: Uint8Array;
};

/** Octets of a protected record (RFC 9147 §4, RFC 8446 §5.2). */
export const MAX_ENCRYPTED_OCTETS = 2 ** 14 + 256;

const C_BIT = 0x10;
const S_BIT = 0x08;
const L_BIT = 0x04;

/** The header to octets. @throws DtlsError DTLS_FIELD_OUT_OF_RANGE */
export function encodeUnifiedHeader(header: UnifiedHeader): Uint8Array<ArrayBuffer> {
  const { connectionId, sequenceOctets, sequenceBits, epochBits, length } = header;
  const fits =
    isUint(sequenceBits, 256 ** sequenceOctets - 1) &&
    isUint(epochBits, 3) &&
    (length === undefined || isUint(length, MAX_ENCRYPTED_OCTETS)) &&
    (connectionId?.length ?? 0) <= 255;
  if (!fits)
    throw new DtlsError(
      'DTLS_FIELD_OUT_OF_RANGE',
      0,
      `sequence bits ${sequenceBits}, epoch bits ${epochBits}, length ${length}`,
      `${sequenceOctets} octets, 2 bits, at most ${MAX_ENCRYPTED_OCTETS}`,
    );
  const first =
    0x20 |
    (connectionId ? C_BIT : 0) |
    (sequenceOctets === 2 ? S_BIT : 0) |
    (length === undefined ? 0 : L_BIT) |
    epochBits;
  return joinOctets([
    Uint8Array.of(first),
    connectionId ?? new Uint8Array(),
    sequenceOctets === 2
      ? Uint8Array.of(sequenceBits >> 8, sequenceBits & 0xff)
      : Uint8Array.of(sequenceBits),
    length === undefined ? new Uint8Array() : Uint8Array.of(length >> 8, length & 0xff),
  ]);
}

/** Where the sequence number stands in a header (RFC 9147 §4): after the first octet and the connection id. */
export function sequenceOffset(header: UnifiedHeader): number {
  return 1 + (header.connectionId?.length ?? 0);
}

/** The record that starts at `start`. `cidOctets`: how long our connection ids are; it is not on the wire. */
export function readUnifiedRecord(
  datagram: Uint8Array,
  start: number,
  cidOctets: number,
  trace?: TraceSink,
): UnifiedRecord {
  const first = datagram[start]!;
  const hasCid = (first & C_BIT) !== 0;
  const sequenceOctets = (first & S_BIT) !== 0 ? 2 : 1;
  const hasLength = (first & L_BIT) !== 0;
  if (hasCid && cidOctets === 0)
    throw new DtlsError('DTLS_CONNECTION_ID_WRONG', start, 'the C bit', 'none, for no ids were negotiated');
  const sequenceAt = start + 1 + (hasCid ? cidOctets : 0);
  const lengthAt = sequenceAt + sequenceOctets;
  const bodyAt = lengthAt + (hasLength ? 2 : 0);
  const left = datagram.length - bodyAt;
  if (left < 0)
    throw new DtlsError(
      'DTLS_RECORD_TRUNCATED',
      datagram.length,
      `${datagram.length - start} octets`,
      `a header of ${bodyAt - start}`,
    );
  const length = hasLength ? uintAt(datagram, lengthAt, 2) : undefined;
  const octets = length ?? left;
  if (octets > left)
    throw new DtlsError('DTLS_RECORD_TRUNCATED', bodyAt, `${left} octets`, `${octets}, as its length says`);
  if (octets > MAX_ENCRYPTED_OCTETS)
    throw new DtlsError(
      'DTLS_RECORD_TOO_LONG',
      lengthAt,
      `${octets} octets`,
      `at most ${MAX_ENCRYPTED_OCTETS}`,
    );
  const header: UnifiedHeader = {
    connectionId: hasCid ? datagram.slice(start + 1, sequenceAt) : undefined,
    sequenceOctets,
    sequenceBits: uintAt(datagram, sequenceAt, sequenceOctets),
    epochBits: first & 3,
    length,
  };
  if (trace) traceUnified(trace, start, header, octets);
  return {
    form: 'unified',
    header,
    headerOctets: datagram.slice(start, bodyAt),
    encryptedRecord: datagram.slice(bodyAt, bodyAt + octets),
  };
}

function traceUnified(sink: TraceSink, at: number, header: UnifiedHeader, octets: number): void {
  const { connectionId, sequenceOctets, sequenceBits, epochBits, length } = header;
  const fields = new FieldTrace(sink, 'RFC 9147 §4', at)
    .field(3, 'fixed bits', '001', 'no content type starts so', 'RFC 9147 §4.1')
    .field(1, 'C', connectionId ? 1 : 0, connectionId ? 'a connection id follows' : 'no connection id')
    .field(1, 'S', sequenceOctets - 1, sequenceOctets === 2 ? '16 bits of number' : '8 bits of number')
    .field(
      1,
      'L',
      length === undefined ? 0 : 1,
      length === undefined ? 'to the end of the datagram' : undefined,
    )
    .field(2, 'E', epochBits, 'low bits of the epoch', 'RFC 9147 §4.2.2');
  if (connectionId) fields.field(connectionId.length * 8, 'connection id', toHex(connectionId));
  fields.field(sequenceOctets * 8, 'sequence number', sequenceBits, 'encrypted', 'RFC 9147 §4.2.3');
  if (length !== undefined) fields.field(16, 'length', length);
  fields.field(octets * 8, 'encrypted_record', `${octets} octets`, undefined, 'RFC 9147 §4.5');
}
