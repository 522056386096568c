import { joinOctets } from '@/lib/bytes';
import type { ProtectionUnit, SrtpCipher } from './cipher';
import { SrtpError } from './errors';
import { numberOctets, xorAt } from './octets';
import type { SessionKeys } from './key-derivation';

const TAG_OCTETS = 16;

/** AES-GCM, which encrypts and authenticates in one (RFC 7714). */
export class GcmCipher implements SrtpCipher {
  private readonly salt: Uint8Array;
  private readonly key: Promise<CryptoKey>;

  constructor({ key, salt }: SessionKeys) {
    this.salt = salt;
    this.key = crypto.subtle.importKey('raw', key.slice(), 'AES-GCM', false, ['encrypt', 'decrypt']);
  }

  async seal(unit: ProtectionUnit): Promise<{ body: Uint8Array; tag: Uint8Array }> {
    const parameters = gcmParameters(this.salt, unit);
    const sealed = await crypto.subtle.encrypt(parameters, await this.key, unit.body.slice());
    const octets = new Uint8Array(sealed);
    const tagAt = octets.length - TAG_OCTETS;
    return { body: octets.subarray(0, tagAt), tag: octets.subarray(tagAt) };
  }

  async open(unit: ProtectionUnit, tag: Uint8Array): Promise<Uint8Array> {
    const key = await this.key;
    try {
      const opened = await crypto.subtle.decrypt(
        gcmParameters(this.salt, unit),
        key,
        joinOctets([unit.body, tag]),
      );
      return new Uint8Array(opened);
    } catch {
      const at = unit.clear.length + unit.body.length;
      throw new SrtpError(
        'SRTP_NOT_AUTHENTIC',
        at,
        'a tag that does not fit',
        'one made with this key and index',
      );
    }
  }
}

/** Of media the header is authenticated beside the text, of control also the word with the index (RFC 7714 §8.2, §9.2, §9.3). */
function gcmParameters(salt: Uint8Array, { ssrc, index, clear, trailer, kind }: ProtectionUnit) {
  return {
    name: 'AES-GCM',
    iv: gcmIv(salt, ssrc, index),
    additionalData: joinOctets(kind === 'rtp' ? [clear] : [clear, trailer]),
    tagLength: TAG_OCTETS * 8,
  };
}

/**
 * Two octets of zero, the SSRC, the packet's index, xored onto the salt (RFC 7714 §8.1, §9.1). For media the index is ROC
 * and sequence number, for control two octets of zero and the SRTCP index.
 */
export function gcmIv(salt: Uint8Array, ssrc: number, index: number): Uint8Array<ArrayBuffer> {
  return xorAt(salt, joinOctets([numberOctets(ssrc, 4), numberOctets(index, 6)]), 2);
}
