import { joinOctets } from '@/lib/bytes';
import { EXPLICIT_NONCE_OCTETS, TAG_OCTETS } from '@/lib/protocols/tls';
import { DtlsError } from './errors';
import type { DtlsVersion } from './messages';
import { setUint } from './octets';
import { encodePlaintextRecord, MAX_SEQUENCE_NUMBER, PLAINTEXT_HEADER_OCTETS } from './plaintext-record';
import { readInnerPlaintext } from './protection13';
import { reconstructEpoch, reconstructSequenceNumber } from './record-number';
import { DTLS_VERSIONS } from './registry';
import type { DtlsRecord } from './datagram';
import { encodeUnifiedHeader } from './unified-header';

/** A record of any epoch, with its content in the clear. */
export type OpenRecord = { epoch: number; sequenceNumber: number; type: number; content: Uint8Array };

/**
 * Octets that a record of an epoch adds to its content: so much of a datagram is not message (RFC 9147 §4.4).
 */
export function recordOverheadOctets(version: DtlsVersion, epoch: number): number {
  if (epoch === 0) return PLAINTEXT_HEADER_OCTETS;
  return version === '1.2'
    ? PLAINTEXT_HEADER_OCTETS + EXPLICIT_NONCE_OCTETS + TAG_OCTETS
    : 5 + 1 + TAG_OCTETS;
}

/**
 * A record in the form and length that it has under AES-GCM, but with its content readable, zeros for the tag, and its number in the
 * clear. For looking at flights, where real ciphers would hide everything; for real ones see `protectRecord12` and `protectRecord13`.
 */
export function encodeOpenRecord(version: DtlsVersion, record: OpenRecord): Uint8Array {
  const { epoch, sequenceNumber, type, content } = record;
  if (sequenceNumber > MAX_SEQUENCE_NUMBER)
    throw new DtlsError('DTLS_SEQUENCE_EXHAUSTED', 0, `number ${sequenceNumber}`, '48 bits');
  const plain = { type, version: DTLS_VERSIONS['DTLS 1.2'], epoch, sequenceNumber };
  if (epoch === 0) return encodePlaintextRecord({ ...plain, fragment: content });
  const tag = new Uint8Array(TAG_OCTETS);
  if (version === '1.2') {
    const explicit = new Uint8Array(EXPLICIT_NONCE_OCTETS);
    setUint(explicit, 0, 2, epoch);
    setUint(explicit, 2, 6, sequenceNumber);
    return encodePlaintextRecord({ ...plain, fragment: joinOctets([explicit, content, tag]) });
  }
  const body = joinOctets([content, Uint8Array.of(type), tag]);
  const header = encodeUnifiedHeader({
    connectionId: undefined,
    sequenceOctets: 2,
    sequenceBits: sequenceNumber % 2 ** 16,
    epochBits: epoch % 4,
    length: body.length,
  });
  return joinOctets([header, body]);
}

/**
 * Such a record read again. `currentEpoch` and `highestOf` are what a receiver knows; undefined for an epoch that has not been.
 * @throws DtlsError DTLS_RECORD_TOO_SHORT, DTLS_RECORD_TOO_LONG, DTLS_RECORD_NO_TYPE
 */
export function readOpenRecord(
  record: DtlsRecord,
  currentEpoch: number,
  highestOf: (epoch: number) => number | undefined,
): OpenRecord | undefined {
  if (record.form !== 'unified') {
    const { epoch, sequenceNumber, type, fragment } = record;
    const content = epoch === 0 ? fragment : without(fragment, EXPLICIT_NONCE_OCTETS);
    return { epoch, sequenceNumber, type, content };
  }
  const { epochBits, sequenceBits, sequenceOctets } = record.header;
  const epoch = reconstructEpoch(epochBits, currentEpoch);
  if (epoch === undefined) return undefined;
  const sequenceNumber = reconstructSequenceNumber(sequenceBits, sequenceOctets, highestOf(epoch));
  const { type, content } = readInnerPlaintext(without(record.encryptedRecord, 0));
  return { epoch, sequenceNumber, type, content };
}

/** Without what stands before the content and without the tag. */
function without(octets: Uint8Array, before: number): Uint8Array {
  if (octets.length < before + TAG_OCTETS)
    throw new DtlsError(
      'DTLS_RECORD_TOO_SHORT',
      0,
      `${octets.length} octets`,
      `at least ${before + TAG_OCTETS}`,
    );
  return octets.slice(before, octets.length - TAG_OCTETS);
}
