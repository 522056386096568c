import { joinOctets } from '@/lib/bytes';
import { AesGcm } from './aes-gcm';
import { TAG_OCTETS } from './cipher-suites';
import { TlsError } from './errors';
import type { TrafficKeys } from './key-schedule';
import { encodeRecord, MAX_CIPHERTEXT_OCTETS, MAX_PLAINTEXT_OCTETS, type TlsRecord } from './record';
import { CONTENT_TYPES } from './registry';

/** What a protected record held (RFC 8446 §5.2). */
export type InnerPlaintext = { type: number; content: Uint8Array; paddingOctets: number };

/** Records under one pair of keys before they must change: far fewer than 2^64, and AES-GCM allows 2^24.5 (RFC 8446 §5.5). */
export const MAX_RECORDS = 2 ** 24;

/** The nonce of record number `sequence` (RFC 8446 §5.3): its number, xored onto the IV. */
export function recordNonce(iv: Uint8Array, sequence: number): Uint8Array {
  const nonce = iv.slice();
  for (let i = nonce.length - 1, rest = sequence; rest > 0; i--, rest = Math.floor(rest / 256))
    nonce[i]! ^= rest & 0xff;
  return nonce;
}

/** Protects and opens the records of one direction, one after another (RFC 8446 §5.2). */
export class RecordProtection {
  private readonly gcm: AesGcm;
  private readonly iv: Uint8Array;
  private sequence = 0;

  constructor({ key, iv }: TrafficKeys) {
    this.gcm = new AesGcm(key);
    this.iv = iv;
  }

  /**
   * The record on the wire. `paddingOctets` of zeros hide the length (§5.4).
   * @throws TlsError TLS_RECORD_TOO_LONG, TLS_SEQUENCE_EXHAUSTED
   */
  async seal(type: number, content: Uint8Array, paddingOctets = 0): Promise<Uint8Array> {
    const inner = joinOctets([content, Uint8Array.of(type), new Uint8Array(paddingOctets)]);
    if (inner.length > MAX_PLAINTEXT_OCTETS + 1)
      throw new TlsError(
        'TLS_RECORD_TOO_LONG',
        0,
        `${inner.length} octets`,
        `at most ${MAX_PLAINTEXT_OCTETS + 1}`,
      );
    const header = headerFor(inner.length + TAG_OCTETS);
    const fragment = await this.gcm.seal(this.nextNonce(), header, inner);
    return encodeRecord({ type: CONTENT_TYPES.application_data, version: 0x0303, fragment });
  }

  /** @throws TlsError TLS_RECORD_NOT_AUTHENTIC, TLS_RECORD_NO_TYPE, TLS_RECORD_TOO_LONG, TLS_SEQUENCE_EXHAUSTED */
  async open({ fragment }: TlsRecord): Promise<InnerPlaintext> {
    if (fragment.length > MAX_CIPHERTEXT_OCTETS['1.3'])
      throw new TlsError(
        'TLS_RECORD_TOO_LONG',
        3,
        `${fragment.length} octets`,
        `at most ${MAX_CIPHERTEXT_OCTETS['1.3']}`,
      );
    const inner = await this.gcm.open(this.nextNonce(), headerFor(fragment.length), fragment);
    if (!inner)
      throw new TlsError(
        'TLS_RECORD_NOT_AUTHENTIC',
        5,
        'a tag that does not fit',
        'one made with this key and number',
      );
    if (inner.length > MAX_PLAINTEXT_OCTETS + 1)
      throw new TlsError(
        'TLS_RECORD_TOO_LONG',
        3,
        `${inner.length} octets inside`,
        `at most ${MAX_PLAINTEXT_OCTETS + 1}`,
      );
    let end = inner.length;
    while (end > 0 && inner[end - 1] === 0) end--;
    if (end === 0) throw new TlsError('TLS_RECORD_NO_TYPE', 5, 'nothing but padding', 'a content type');
    return { type: inner[end - 1]!, content: inner.slice(0, end - 1), paddingOctets: inner.length - end };
  }

  private nextNonce(): Uint8Array {
    if (this.sequence >= MAX_RECORDS)
      throw new TlsError('TLS_SEQUENCE_EXHAUSTED', 0, `record ${this.sequence}`, 'a KeyUpdate before it');
    return recordNonce(this.iv, this.sequence++);
  }
}

/** The record header is what the tag covers beside the content (RFC 8446 §5.2). */
function headerFor(octets: number): Uint8Array {
  return Uint8Array.of(CONTENT_TYPES.application_data, 3, 3, octets >> 8, octets & 0xff);
}
