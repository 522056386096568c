import { joinOctets } from '@/lib/bytes';
import { AesGcm, EXPLICIT_NONCE_OCTETS, TAG_OCTETS } from '@/lib/protocols/tls';
import { openGcm } from './aes-gcm';
import { DtlsError } from './errors';
import { setUint } from './octets';
import {
  encodePlaintextRecord,
  MAX_PLAINTEXT_FRAGMENT_OCTETS,
  type PlaintextRecord,
} from './plaintext-record';
import { DTLS_VERSIONS } from './registry';

/** Keys of one direction in 1.2 with an AES-GCM suite: `keyBlock12` of tls makes them (RFC 5288 §3). */
export type RecordKeys12 = { key: Uint8Array; /** 4 octets, the nonce's secret part. */ salt: Uint8Array };

/**
 * A record of 1.2 under AES-GCM, on the wire (RFC 6347 §4.1.2.1, RFC 5288 §3). The explicit nonce is epoch and sequence number,
 * which never come twice.
 * @throws DtlsError DTLS_RECORD_TOO_LONG, DTLS_FIELD_OUT_OF_RANGE
 */
export async function protectRecord12(
  { key, salt }: RecordKeys12,
  record: { epoch: number; sequenceNumber: number; type: number; content: Uint8Array },
): Promise<Uint8Array> {
  const { epoch, sequenceNumber, type, content } = record;
  if (content.length > MAX_PLAINTEXT_FRAGMENT_OCTETS)
    throw new DtlsError(
      'DTLS_RECORD_TOO_LONG',
      11,
      `${content.length} octets`,
      `at most ${MAX_PLAINTEXT_FRAGMENT_OCTETS}`,
    );
  const head = { type, version: DTLS_VERSIONS['DTLS 1.2'], epoch, sequenceNumber };
  const explicit = recordNumber64(epoch, sequenceNumber);
  const nonce = joinOctets([salt, explicit]);
  const sealed = await new AesGcm(key).seal(nonce, additionalData12(head, content.length), content);
  return encodePlaintextRecord({ ...head, fragment: joinOctets([explicit, sealed]) });
}

/**
 * What a protected record of 1.2 held, 2^14 octets at most (RFC 5246 §6.2.1).
 * @throws DtlsError DTLS_RECORD_TOO_SHORT, DTLS_RECORD_TOO_LONG, DTLS_RECORD_NOT_AUTHENTIC
 */
export async function unprotectRecord12(
  { key, salt }: RecordKeys12,
  record: PlaintextRecord,
): Promise<Uint8Array> {
  const { fragment } = record;
  const octets = fragment.length - EXPLICIT_NONCE_OCTETS - TAG_OCTETS;
  if (octets < 0)
    throw new DtlsError(
      'DTLS_RECORD_TOO_SHORT',
      13,
      `${fragment.length} octets`,
      'an explicit nonce and a tag',
    );
  if (octets > MAX_PLAINTEXT_FRAGMENT_OCTETS)
    throw new DtlsError(
      'DTLS_RECORD_TOO_LONG',
      11,
      `${octets} octets inside`,
      `at most ${MAX_PLAINTEXT_FRAGMENT_OCTETS}`,
    );
  const nonce = joinOctets([salt, fragment.subarray(0, EXPLICIT_NONCE_OCTETS)]);
  return openGcm(key, nonce, additionalData12(record, octets), fragment.subarray(EXPLICIT_NONCE_OCTETS));
}

/** Epoch and sequence number as the 64 bits that TLS counts records with (RFC 6347 §4.1.2.1). */
function recordNumber64(epoch: number, sequenceNumber: number): Uint8Array {
  const octets = new Uint8Array(8);
  setUint(octets, 0, 2, epoch);
  setUint(octets, 2, 6, sequenceNumber);
  return octets;
}

type Head = { type: number; version: number; epoch: number; sequenceNumber: number };

/** RFC 5246 §6.2.3.3: number, type, version, and the length of what is sealed. */
function additionalData12({ type, version, epoch, sequenceNumber }: Head, octets: number): Uint8Array {
  const rest = Uint8Array.of(type, version >> 8, version & 0xff, octets >> 8, octets & 0xff);
  return joinOctets([recordNumber64(epoch, sequenceNumber), rest]);
}
