import { TAG_OCTETS } from './cipher-suites';

/** The part of the nonce that stands before the ciphertext in records of 1.2 (RFC 5288 §3). */
export const EXPLICIT_NONCE_OCTETS = 8;

/** AES-GCM under one key, by WebCrypto: ciphertext with its tag of 16 octets behind (RFC 5116 §5.1). */
export class AesGcm {
  private readonly octets: Uint8Array;
  private imported: Promise<CryptoKey> | undefined;

  /** `key`: 16 or 32 octets. */
  constructor(key: Uint8Array) {
    this.octets = key;
  }

  async seal(iv: Uint8Array, additionalData: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array> {
    const parameters = gcmParameters(iv, additionalData);
    return new Uint8Array(await crypto.subtle.encrypt(parameters, await this.key(), plaintext.slice()));
  }

  /** The plaintext; undefined: the tag does not fit. */
  async open(
    iv: Uint8Array,
    additionalData: Uint8Array,
    sealed: Uint8Array,
  ): Promise<Uint8Array | undefined> {
    const key = await this.key();
    try {
      const parameters = gcmParameters(iv, additionalData);
      return new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed.slice()));
    } catch {
      return undefined;
    }
  }

  private key(): Promise<CryptoKey> {
    const { octets } = this;
    return (this.imported ??= crypto.subtle.importKey('raw', octets.slice(), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]));
  }
}

function gcmParameters(iv: Uint8Array, additionalData: Uint8Array) {
  return {
    name: 'AES-GCM',
    iv: iv.slice(),
    additionalData: additionalData.slice(),
    tagLength: TAG_OCTETS * 8,
  };
}
