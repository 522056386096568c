import { ByteWriter, FieldTrace, toHex, type TraceSink, joinOctets } from '@/lib/bytes';
import { TlsError } from './errors';
import { CONTENT_TYPES, nameIn, VERSIONS } from './registry';

/** TLSPlaintext and TLSCiphertext (RFC 8446 §5.1, §5.2): on the wire both look the same. */
export type TlsRecord = { type: number; version: number; fragment: Uint8Array };

export const RECORD_HEADER_OCTETS = 5;

/** Octets of plaintext in a record (RFC 8446 §5.1). */
export const MAX_PLAINTEXT_OCTETS = 2 ** 14;

/** Octets of a protected record: 1.3 adds at most 256 (RFC 8446 §5.2), 1.2 at most 2,048 (RFC 5246 §6.2.3). */
export const MAX_CIPHERTEXT_OCTETS = { '1.3': 2 ** 14 + 256, '1.2': 2 ** 14 + 2048 } as const;

/**
 * A record to octets (RFC 8446 §5.1).
 * @throws TlsError TLS_RECORD_TOO_LONG
 */
export function encodeRecord({ type, version, fragment }: TlsRecord): Uint8Array {
  if (fragment.length > MAX_CIPHERTEXT_OCTETS['1.2'])
    throw new TlsError(
      'TLS_RECORD_TOO_LONG',
      3,
      `${fragment.length} octets`,
      `at most ${MAX_CIPHERTEXT_OCTETS['1.2']}`,
    );
  return new ByteWriter(RECORD_HEADER_OCTETS + fragment.length)
    .uint8(type)
    .uint16(version)
    .uint16(fragment.length)
    .write(fragment)
    .finish();
}

/**
 * Cuts a stream of octets into records (RFC 8446 §5). Holds at most one record that is not whole yet. Spans count from
 * the first octet of the stream.
 * @throws TlsError TLS_RECORD_TYPE_UNKNOWN, TLS_RECORD_VERSION_WRONG, TLS_RECORD_TOO_LONG, TLS_RECORD_EMPTY
 */
export class RecordReader {
  private pending: Uint8Array = new Uint8Array();
  private readonly maxOctets: number;
  private offset = 0;

  /** @param opts.version whose limit holds for what is protected; unprotected records have 2^14 octets at most */
  constructor(opts: { version?: '1.2' | '1.3' } = {}) {
    this.maxOctets = MAX_CIPHERTEXT_OCTETS[opts.version ?? '1.3'];
  }

  push(chunk: Uint8Array, trace?: TraceSink): TlsRecord[] {
    this.pending = this.pending.length === 0 ? chunk : joinOctets([this.pending, chunk]);
    const records: TlsRecord[] = [];
    let at = 0;
    for (;;) {
      const octets = this.check(at);
      if (octets === undefined || this.pending.length - at < octets) break;
      const record = readRecord(this.pending, at, octets);
      if (trace) traceRecord(trace, this.offset + at, record);
      records.push(record);
      at += octets;
    }
    this.offset += at;
    this.pending = this.pending.slice(at);
    return records;
  }

  /** Octets of the record at `at`, as soon as its header is there. */
  private check(at: number): number | undefined {
    const { pending } = this;
    const type = pending[at];
    if (
      type !== undefined &&
      (type < CONTENT_TYPES.change_cipher_spec || type > CONTENT_TYPES.application_data)
    )
      throw new TlsError('TLS_RECORD_TYPE_UNKNOWN', this.offset + at, `type ${type}`, '20 to 23');
    const major = pending[at + 1];
    if (major !== undefined && major !== 3)
      throw new TlsError(
        'TLS_RECORD_VERSION_WRONG',
        this.offset + at + 1,
        `0x${major.toString(16)}`,
        '0x03 first',
      );
    if (pending.length - at < RECORD_HEADER_OCTETS) return undefined;
    const length = (pending[at + 3]! << 8) | pending[at + 4]!;
    const most = type === CONTENT_TYPES.application_data ? this.maxOctets : MAX_PLAINTEXT_OCTETS;
    // In 1.2 handshake records are protected under their own type.
    const limit = this.maxOctets === MAX_CIPHERTEXT_OCTETS['1.2'] ? this.maxOctets : most;
    if (length > limit)
      throw new TlsError('TLS_RECORD_TOO_LONG', this.offset + at + 3, `${length} octets`, `at most ${limit}`);
    if (length === 0 && type !== CONTENT_TYPES.application_data)
      throw new TlsError('TLS_RECORD_EMPTY', this.offset + at + 3, 'no octets', 'at least one');
    return RECORD_HEADER_OCTETS + length;
  }
}

function readRecord(bytes: Uint8Array, at: number, octets: number): TlsRecord {
  return {
    type: bytes[at]!,
    version: (bytes[at + 1]! << 8) | bytes[at + 2]!,
    fragment: bytes.slice(at + RECORD_HEADER_OCTETS, at + octets),
  };
}

function traceRecord(sink: TraceSink, at: number, { type, version, fragment }: TlsRecord): void {
  const fields = new FieldTrace(sink, 'RFC 8446 §5.1', at)
    .field(8, 'ContentType', nameIn(CONTENT_TYPES, type), `${type}`)
    .field(16, 'legacy_record_version', nameIn(VERSIONS, version))
    .field(16, 'length', `${fragment.length} octets`);
  const value = fragment.length > 64 ? `${fragment.length} octets` : toHex(fragment);
  fields.field(
    fragment.length * 8,
    type === CONTENT_TYPES.application_data ? 'encrypted_record' : 'fragment',
    value,
  );
}
