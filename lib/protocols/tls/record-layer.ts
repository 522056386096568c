import { joinOctets } from '@/lib/bytes';
import { TlsError } from './errors';
import type { TrafficKeys } from './key-schedule';
import { RecordProtection } from './protection';
import { encodeRecord, MAX_PLAINTEXT_OCTETS, RecordReader, type TlsRecord } from './record';
import { CONTENT_TYPES, VERSIONS } from './registry';

/** Records of one connection both ways, in the clear until there are keys (RFC 8446 §5). What is sent waits for `flush`. */
export class RecordLayer {
  private readonly reader = new RecordReader();
  private reading: RecordProtection | undefined;
  private writing: RecordProtection | undefined;
  private out: Uint8Array[] = [];
  private hasSentChangeCipherSpec = false;

  /** Whole records of what has arrived. @throws TlsError */
  push(chunk: Uint8Array): TlsRecord[] {
    return this.reader.push(chunk);
  }

  readUnder(keys: TrafficKeys): void {
    this.reading = new RecordProtection(keys);
  }

  writeUnder(keys: TrafficKeys | undefined): void {
    this.writing = keys && new RecordProtection(keys);
  }

  /**
   * What is in a record: as protected as the keys say, and not empty unless it is application data (RFC 8446 §5.1, §5.2).
   * @throws TlsError TLS_UNEXPECTED_MESSAGE, TLS_RECORD_EMPTY, and those of `RecordProtection.open`
   */
  async open(record: TlsRecord): Promise<{ type: number; content: Uint8Array }> {
    const isProtected = record.type === CONTENT_TYPES.application_data;
    if (!this.reading) {
      if (!isProtected) return { type: record.type, content: record.fragment };
      throw new TlsError('TLS_UNEXPECTED_MESSAGE', 0, 'a protected record', 'a ServerHello first');
    }
    if (!isProtected)
      throw new TlsError('TLS_UNEXPECTED_MESSAGE', 0, 'a record in the clear', 'a protected one');
    const { type, content } = await this.reading.open(record);
    if (content.length === 0 && type !== CONTENT_TYPES.application_data)
      throw new TlsError('TLS_RECORD_EMPTY', 5, `no octets of content type ${type}`, 'at least one');
    return { type, content };
  }

  /** Under the newest keys, in as many records as it takes. `version` is what a first ClientHello may say otherwise. */
  async send(type: number, content: Uint8Array, version: number = VERSIONS['TLS 1.2']): Promise<void> {
    for (let at = 0; at < content.length; at += MAX_PLAINTEXT_OCTETS) {
      const fragment = content.slice(at, at + MAX_PLAINTEXT_OCTETS);
      this.out.push(
        this.writing ? await this.writing.seal(type, fragment) : encodeRecord({ type, version, fragment }),
      );
    }
  }

  /** The record that makes boxes on the way take the connection for 1.2: once, never protected (RFC 8446 §D.4). */
  sendChangeCipherSpec(): void {
    if (this.hasSentChangeCipherSpec) return;
    this.hasSentChangeCipherSpec = true;
    const [type, version] = [CONTENT_TYPES.change_cipher_spec, VERSIONS['TLS 1.2']];
    this.out.push(encodeRecord({ type, version, fragment: Uint8Array.of(1) }));
  }

  /** The records that wait to be sent. */
  flush(): Uint8Array {
    const records = joinOctets(this.out);
    this.out = [];
    return records;
  }
}
