import { joinOctets } from '@/lib/bytes';
import { AesGcm, recordNonce, TAG_OCTETS } from '@/lib/protocols/tls';
import { openGcm } from './aes-gcm';
import { DtlsError } from './errors';
import type { RecordKeys } from './key-schedule';
import { isUint, uintAt } from './octets';
import { MAX_PLAINTEXT_FRAGMENT_OCTETS, MAX_SEQUENCE_NUMBER } from './plaintext-record';
import { maskRecordNumber, reconstructSequenceNumber, recordNumberMask } from './record-number';
import { encodeUnifiedHeader, sequenceOffset, type UnifiedRecord } from './unified-header';

/** What a protected record held (RFC 9147 §4, DTLSInnerPlaintext). */
export type OpenedRecord = {
  sequenceNumber: number;
  type: number;
  content: Uint8Array;
  paddingOctets: number;
};

/** What the sender of a record of 1.3 is free to choose (RFC 9147 §4). */
export type UnifiedForm = {
  connectionId?: Uint8Array | undefined;
  /** 2 unless told otherwise: one octet is enough while few records are on their way. */
  sequenceOctets?: 1 | 2;
  /** True unless told otherwise; only the last record of a datagram may go without its length. */
  hasLength?: boolean;
  /** Zeros that hide the length. */
  paddingOctets?: number;
};

/**
 * A record of 1.3 on the wire (RFC 9147 §4.2.3, §4.5): sealed with the sequence number, without the epoch, in the nonce and the
 * header in the clear as additional data; then the number is hidden.
 * @throws DtlsError DTLS_RECORD_TOO_LONG, DTLS_SEQUENCE_EXHAUSTED, DTLS_FIELD_OUT_OF_RANGE
 */
export async function protectRecord13(
  keys: RecordKeys,
  record: { epoch: number; sequenceNumber: number; type: number; content: Uint8Array },
  form: UnifiedForm = {},
): Promise<Uint8Array> {
  const { epoch, sequenceNumber, type, content } = record;
  const { connectionId, sequenceOctets = 2, hasLength = true, paddingOctets = 0 } = form;
  const inner = joinOctets([content, Uint8Array.of(type), new Uint8Array(paddingOctets)]);
  if (inner.length > MAX_PLAINTEXT_FRAGMENT_OCTETS + 1)
    throw new DtlsError(
      'DTLS_RECORD_TOO_LONG',
      0,
      `${inner.length} octets`,
      `at most ${MAX_PLAINTEXT_FRAGMENT_OCTETS + 1}`,
    );
  if (!isUint(sequenceNumber, MAX_SEQUENCE_NUMBER))
    throw new DtlsError('DTLS_SEQUENCE_EXHAUSTED', 0, `number ${sequenceNumber}`, '48 bits');
  const header = {
    connectionId,
    sequenceOctets,
    sequenceBits: sequenceNumber % 256 ** sequenceOctets,
    epochBits: epoch % 4,
    length: hasLength ? inner.length + TAG_OCTETS : undefined,
  };
  const plainHeader = encodeUnifiedHeader(header);
  const nonce = recordNonce(keys.iv, sequenceNumber);
  const sealed = await new AesGcm(keys.key).seal(nonce, plainHeader, inner);
  const mask = await recordNumberMask(keys.sn, sealed);
  return joinOctets([maskRecordNumber(plainHeader, sequenceOffset(header), sequenceOctets, mask), sealed]);
}

/** The sequence number of a record, before anything is known to be authentic (RFC 9147 §4.2.2, §4.2.3). */
export async function showRecordNumber(
  keys: RecordKeys,
  { header, headerOctets, encryptedRecord }: UnifiedRecord,
  highest: number | undefined,
): Promise<{ sequenceNumber: number; plainHeader: Uint8Array }> {
  const at = sequenceOffset(header);
  const { sequenceOctets } = header;
  const mask = await recordNumberMask(keys.sn, encryptedRecord);
  const plainHeader = maskRecordNumber(headerOctets, at, sequenceOctets, mask);
  const lowBits = uintAt(plainHeader, at, sequenceOctets);
  return { sequenceNumber: reconstructSequenceNumber(lowBits, sequenceOctets, highest), plainHeader };
}

/**
 * Opens a record of 1.3 (RFC 9147 §4.5). `highest`: the highest sequence number opened in its epoch so far.
 * @throws DtlsError DTLS_RECORD_TOO_SHORT, DTLS_RECORD_NOT_AUTHENTIC, DTLS_RECORD_TOO_LONG, DTLS_RECORD_NO_TYPE
 */
export async function unprotectRecord13(
  keys: RecordKeys,
  record: UnifiedRecord,
  highest?: number,
): Promise<OpenedRecord> {
  const { sequenceNumber, plainHeader } = await showRecordNumber(keys, record, highest);
  const nonce = recordNonce(keys.iv, sequenceNumber);
  const inner = await openGcm(keys.key, nonce, plainHeader, record.encryptedRecord);
  return { sequenceNumber, ...readInnerPlaintext(inner) };
}

/**
 * DTLSInnerPlaintext (RFC 9147 §4): content, its type, zeros, 2^14 + 1 octets in all (RFC 8446 §5.4).
 * @throws DtlsError DTLS_RECORD_TOO_LONG, DTLS_RECORD_NO_TYPE
 */
export function readInnerPlaintext(inner: Uint8Array): Omit<OpenedRecord, 'sequenceNumber'> {
  const most = MAX_PLAINTEXT_FRAGMENT_OCTETS + 1;
  if (inner.length > most)
    throw new DtlsError('DTLS_RECORD_TOO_LONG', 0, `${inner.length} octets inside`, `at most ${most}`);
  let end = inner.length;
  while (end > 0 && inner[end - 1] === 0) end--;
  if (end === 0) throw new DtlsError('DTLS_RECORD_NO_TYPE', 0, 'nothing but padding', 'a content type');
  return { type: inner[end - 1]!, content: inner.slice(0, end - 1), paddingOctets: inner.length - end };
}
