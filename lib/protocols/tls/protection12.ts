import { joinOctets } from '@/lib/bytes';
import { AesGcm, EXPLICIT_NONCE_OCTETS } from './aes-gcm';
import { TAG_OCTETS } from './cipher-suites';
import { TlsError } from './errors';
import type { TrafficKeys } from './key-schedule';
import { MAX_RECORDS } from './protection';
import { encodeRecord, MAX_PLAINTEXT_OCTETS, type TlsRecord } from './record';
import { VERSIONS } from './registry';

/**
 * Protects and opens the records of one direction of 1.2, one after another, under AES-GCM (RFC 5246 §6.2.3.3, RFC 5288 §3).
 * `keys` come from `keyBlock12`: their `iv` has 4 octets, the secret part of the nonce. The open part is the record's number.
 * A record keeps its own type outside: there is no inner one, and no padding.
 */
export class RecordProtection12 {
  private readonly gcm: AesGcm;
  private readonly salt: Uint8Array;
  private sequence = 0;

  constructor({ key, iv }: TrafficKeys) {
    this.gcm = new AesGcm(key);
    this.salt = iv;
  }

  /** The record on the wire. @throws TlsError TLS_RECORD_TOO_LONG, TLS_SEQUENCE_EXHAUSTED */
  async seal(type: number, content: Uint8Array): Promise<Uint8Array> {
    checkLength(content.length);
    const number = this.nextNumber();
    const version = VERSIONS['TLS 1.2'];
    const nonce = joinOctets([this.salt, number]);
    const sealed = await this.gcm.seal(
      nonce,
      additionalData(number, { type, version }, content.length),
      content,
    );
    return encodeRecord({ type, version, fragment: joinOctets([number, sealed]) });
  }

  /** What a record held. @throws TlsError TLS_RECORD_NOT_AUTHENTIC, TLS_RECORD_TOO_LONG, TLS_SEQUENCE_EXHAUSTED */
  async open(record: TlsRecord): Promise<Uint8Array> {
    const { fragment } = record;
    const octets = fragment.length - EXPLICIT_NONCE_OCTETS - TAG_OCTETS;
    if (octets < 0) throw notAuthentic(`${fragment.length} octets`, 'a nonce and a tag');
    checkLength(octets);
    const nonce = joinOctets([this.salt, fragment.subarray(0, EXPLICIT_NONCE_OCTETS)]);
    const covered = additionalData(this.nextNumber(), record, octets);
    const content = await this.gcm.open(nonce, covered, fragment.subarray(EXPLICIT_NONCE_OCTETS));
    if (!content) throw notAuthentic('a tag that does not fit', 'one made with this key and number');
    return content;
  }

  private nextNumber(): Uint8Array {
    if (this.sequence >= MAX_RECORDS)
      throw new TlsError('TLS_SEQUENCE_EXHAUSTED', 0, `record ${this.sequence}`, 'new keys before it');
    const number = new Uint8Array(8);
    new DataView(number.buffer).setUint32(4, this.sequence++);
    return number;
  }
}

/** The tag covers number, type, version and length beside the content (RFC 5246 §6.2.3.3). */
function additionalData(
  number: Uint8Array,
  { type, version }: Pick<TlsRecord, 'type' | 'version'>,
  octets: number,
): Uint8Array {
  return joinOctets([number, Uint8Array.of(type, version >> 8, version & 0xff, octets >> 8, octets & 0xff)]);
}

function checkLength(octets: number): void {
  if (octets > MAX_PLAINTEXT_OCTETS)
    throw new TlsError('TLS_RECORD_TOO_LONG', 3, `${octets} octets`, `at most ${MAX_PLAINTEXT_OCTETS}`);
}

const notAuthentic = (seen: string, expected: string) =>
  new TlsError('TLS_RECORD_NOT_AUTHENTIC', 5, seen, expected);
