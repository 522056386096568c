import { AesGcm } from '@/lib/protocols/tls';
import { DtlsError } from './errors';

/** The plaintext, if the tag fits. @throws DtlsError DTLS_RECORD_NOT_AUTHENTIC */
export async function openGcm(
  key: Uint8Array,
  iv: Uint8Array,
  additionalData: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  const plaintext = await new AesGcm(key).open(iv, additionalData, sealed);
  if (plaintext) return plaintext;
  throw new DtlsError(
    'DTLS_RECORD_NOT_AUTHENTIC',
    0,
    'a tag that does not fit',
    'one made with this key and number',
  );
}
