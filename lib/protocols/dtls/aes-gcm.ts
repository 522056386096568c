import { DtlsError } from './errors';

/** Octets of AES-GCM's tag (RFC 5116 §5.1). */
export const TAG_OCTETS = 16;

/** The nonce's open part, in front of the ciphertext (RFC 5288 §3). */
export const EXPLICIT_NONCE_OCTETS = 8;

/** AES-GCM by WebCrypto: ciphertext with its tag behind. */
export async function sealGcm(
  key: Uint8Array,
  iv: Uint8Array,
  additionalData: Uint8Array,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', key.slice(), 'AES-GCM', false, ['encrypt']);
  const parameters = { name: 'AES-GCM', iv: iv.slice(), additionalData: additionalData.slice() };
  return new Uint8Array(await crypto.subtle.encrypt(parameters, imported, plaintext.slice()));
}

/** The plaintext, if the tag fits. @throws DtlsError DTLS_RECORD_NOT_AUTHENTIC */
export async function openGcm(
  key: Uint8Array,
  iv: Uint8Array,
  additionalData: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey('raw', key.slice(), 'AES-GCM', false, ['decrypt']);
  const parameters = { name: 'AES-GCM', iv: iv.slice(), additionalData: additionalData.slice() };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, imported, sealed.slice()));
  } catch {
    throw new DtlsError(
      'DTLS_RECORD_NOT_AUTHENTIC',
      0,
      'a tag that does not fit',
      'one made with this key and number',
    );
  }
}
