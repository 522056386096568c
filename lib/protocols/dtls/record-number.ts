import { DtlsError } from './errors';

/**
 * The whole sequence number that is meant by its low 8 or 16 bits (RFC 9147 §4.2.2): the one closest to the highest that was
 * opened in this epoch, plus one. `highest` is undefined before the first.
 */
export function reconstructSequenceNumber(
  lowBits: number,
  sequenceOctets: 1 | 2,
  highest: number | undefined,
): number {
  const expected = highest === undefined ? 0 : highest + 1;
  const span = 256 ** sequenceOctets;
  const candidate = expected - (expected % span) + lowBits;
  if (candidate > expected + span / 2 && candidate >= span) return candidate - span;
  return candidate <= expected - span / 2 ? candidate + span : candidate;
}

/**
 * The epoch that is meant by its two low bits (RFC 9147 §4.2.2): the current one, or the latest before it that ends in them.
 * Undefined: there has been none.
 */
export function reconstructEpoch(epochBits: number, current: number): number | undefined {
  const epoch = current - ((current - epochBits + 4) % 4);
  return epoch < 0 ? undefined : epoch;
}

/** Octets of ciphertext that the mask is made from; a record has more, for its tag alone is as long (RFC 9147 §4.2.3). */
const SAMPLE_OCTETS = 16;

/**
 * The mask that hides a sequence number: AES of the first 16 octets of ciphertext under the `sn` key (RFC 9147 §4.2.3).
 * WebCrypto has no ECB; the first block of CBC with an IV of zeros is the same.
 * @throws DtlsError DTLS_RECORD_TOO_SHORT
 */
export async function recordNumberMask(sn: Uint8Array, encryptedRecord: Uint8Array): Promise<Uint8Array> {
  if (encryptedRecord.length < SAMPLE_OCTETS)
    throw new DtlsError(
      'DTLS_RECORD_TOO_SHORT',
      0,
      `${encryptedRecord.length} octets`,
      `at least ${SAMPLE_OCTETS}`,
    );
  const key = await crypto.subtle.importKey('raw', sn.slice(), 'AES-CBC', false, ['encrypt']);
  const sample = encryptedRecord.slice(0, SAMPLE_OCTETS);
  const blocks = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, key, sample);
  return new Uint8Array(blocks, 0, 2);
}

/** A copy of a unified header with its sequence number hidden, or shown again: XOR undoes itself (RFC 9147 §4.2.3). */
export function maskRecordNumber(
  headerOctets: Uint8Array,
  sequenceAt: number,
  sequenceOctets: 1 | 2,
  mask: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const masked = headerOctets.slice();
  for (let i = 0; i < sequenceOctets; i++) masked[sequenceAt + i]! ^= mask[i]!;
  return masked;
}
