import { joinOctets } from '@/lib/bytes';
import { aesCm, counterModeIv, importCounterKey } from './aes-cm';
import type { ProtectionUnit, SrtpCipher } from './cipher';
import { SrtpError } from './errors';
import type { SessionKeys } from './key-derivation';

/** AES in counter mode, and a tag by HMAC-SHA1 over what was encrypted (RFC 3711 §4.1.1, §4.2). */
export class CounterModeCipher implements SrtpCipher {
  private readonly salt: Uint8Array;
  private readonly tagOctets: number;
  private readonly key: Promise<CryptoKey>;
  private readonly authKey: Promise<CryptoKey>;

  constructor({ key, salt, authKey }: SessionKeys, tagOctets: number) {
    this.salt = salt;
    this.tagOctets = tagOctets;
    this.key = importCounterKey(key);
    const hmac = { name: 'HMAC', hash: 'SHA-1' };
    this.authKey = crypto.subtle.importKey('raw', authKey.slice(), hmac, false, ['sign']);
  }

  async seal(unit: ProtectionUnit): Promise<{ body: Uint8Array; tag: Uint8Array }> {
    const body = await this.crypt(unit);
    return { body, tag: await this.tagOf({ ...unit, body }) };
  }

  /** The tag is looked at before anything is decrypted (RFC 3711 §3.3). */
  async open(unit: ProtectionUnit, tag: Uint8Array): Promise<Uint8Array> {
    const expected = await this.tagOf(unit);
    // Every octet is compared, right or wrong, so that the time says nothing about where they differ.
    let difference = 0;
    for (let i = 0; i < expected.length; i++) difference |= expected[i]! ^ tag[i]!;
    if (difference === 0) return this.crypt(unit);
    const at = unit.clear.length + unit.body.length;
    throw new SrtpError(
      'SRTP_NOT_AUTHENTIC',
      at,
      'a tag that does not fit',
      'one made with this key and index',
    );
  }

  private async crypt({ ssrc, index, body }: ProtectionUnit): Promise<Uint8Array> {
    return aesCm(await this.key, counterModeIv(this.salt, ssrc, index), body);
  }

  private async tagOf({ clear, body, trailer }: ProtectionUnit): Promise<Uint8Array> {
    const mac = await crypto.subtle.sign('HMAC', await this.authKey, joinOctets([clear, body, trailer]));
    return new Uint8Array(mac, 0, this.tagOctets);
  }
}
