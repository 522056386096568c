import { joinOctets } from '@/lib/bytes';
import type { TraceSink } from '@/lib/bytes';
import { TlsError } from './errors';
import { readExtensions } from './extensions';
import {
  type ClientHello,
  HANDSHAKE_HEADER_OCTETS,
  type HandshakeMessage,
  MAX_HANDSHAKE_OCTETS,
  RETRY_REQUEST_RANDOM,
  type ServerHello,
} from './handshake';
import { StructReader } from './presentation';
import {
  CIPHER_SUITES,
  HANDSHAKE_TYPES,
  NAMED_GROUPS,
  nameIn,
  SIGNATURE_SCHEMES,
  VERSIONS,
} from './registry';

/** Whose forms are read where 1.2 and 1.3 differ (Certificate, CertificateRequest, NewSessionTicket). */
export type TlsVersion = '1.2' | '1.3';

/**
 * One whole handshake message, header included (RFC 8446 §4; RFC 5246 §7.4 for what only 1.2 has).
 * @throws TlsError TLS_FIELD_TRUNCATED, TLS_LENGTH_WRONG, TLS_TRAILING_OCTETS, TLS_EXTENSION_REPEATED, TLS_PSK_NOT_LAST,
 *   TLS_NAME_TYPE_UNKNOWN, TLS_MESSAGE_TOO_LONG, TLS_FIELD_OUT_OF_RANGE
 */
export function decodeHandshake(
  bytes: Uint8Array,
  version: TlsVersion = '1.3',
  trace?: TraceSink,
): HandshakeMessage {
  const header = new StructReader(bytes, 0, bytes.length, 'RFC 8446 §4', trace);
  const type = header.uint(1, 'HandshakeType', (value) => nameIn(HANDSHAKE_TYPES, value));
  const body = header.vector(3, 'body');
  header.finish(nameIn(HANDSHAKE_TYPES, type));
  if (body.end - body.offset > MAX_HANDSHAKE_OCTETS)
    throw new TlsError(
      'TLS_MESSAGE_TOO_LONG',
      1,
      `${body.end - body.offset} octets`,
      `at most ${MAX_HANDSHAKE_OCTETS}`,
    );
  const reader = new StructReader(bytes, body.offset, body.end, sectionOf(type, version), trace);
  const message = readBody(reader, type, version);
  reader.finish(nameIn(HANDSHAKE_TYPES, type));
  return message;
}

const SECTIONS: Readonly<Record<number, string>> = {
  [HANDSHAKE_TYPES.client_hello]: 'RFC 8446 §4.1.2',
  [HANDSHAKE_TYPES.server_hello]: 'RFC 8446 §4.1.3',
  [HANDSHAKE_TYPES.encrypted_extensions]: 'RFC 8446 §4.3.1',
  [HANDSHAKE_TYPES.certificate_request]: 'RFC 8446 §4.3.2',
  [HANDSHAKE_TYPES.certificate_verify]: 'RFC 8446 §4.4.3',
  [HANDSHAKE_TYPES.finished]: 'RFC 8446 §4.4.4',
  [HANDSHAKE_TYPES.key_update]: 'RFC 8446 §4.6.3',
  [HANDSHAKE_TYPES.server_key_exchange]: 'RFC 8422 §5.4',
  [HANDSHAKE_TYPES.client_key_exchange]: 'RFC 8422 §5.7',
};

function sectionOf(type: number, version: TlsVersion): string {
  if (type === HANDSHAKE_TYPES.certificate) return version === '1.3' ? 'RFC 8446 §4.4.2' : 'RFC 5246 §7.4.2';
  if (type === HANDSHAKE_TYPES.certificate_request && version === '1.2') return 'RFC 5246 §7.4.4';
  if (type === HANDSHAKE_TYPES.new_session_ticket)
    return version === '1.3' ? 'RFC 8446 §4.6.1' : 'RFC 5077 §3.3';
  return SECTIONS[type] ?? 'RFC 8446 §4';
}

function readBody(reader: StructReader, type: number, version: TlsVersion): HandshakeMessage {
  const scheme = () => reader.uint(2, 'SignatureScheme', (value) => nameIn(SIGNATURE_SCHEMES, value));
  switch (type) {
    case HANDSHAKE_TYPES.client_hello:
      return readClientHello(reader);
    case HANDSHAKE_TYPES.server_hello:
      return readServerHello(reader);
    case HANDSHAKE_TYPES.encrypted_extensions:
      return { type: 'encrypted_extensions', extensions: readExtensions(reader, 'other') };
    case HANDSHAKE_TYPES.certificate:
      return version === '1.3' ? readCertificate(reader) : readCertificate12(reader);
    case HANDSHAKE_TYPES.certificate_request:
      if (version === '1.2') return readCertificateRequest12(reader);
      return {
        type: 'certificate_request',
        context: reader.opaque(1, 'certificate_request_context'),
        extensions: readExtensions(reader, 'other'),
      };
    case HANDSHAKE_TYPES.certificate_verify:
      return { type: 'certificate_verify', scheme: scheme(), signature: reader.opaque(2, 'signature') };
    case HANDSHAKE_TYPES.finished:
      return { type: 'finished', verifyData: reader.fixed(reader.end - reader.offset, 'verify_data') };
    case HANDSHAKE_TYPES.new_session_ticket:
      return version === '1.3' ? readTicket(reader) : readTicket12(reader);
    case HANDSHAKE_TYPES.key_update: {
      const at = reader.offset;
      const request = reader.uint(
        1,
        'request_update',
        (value) => ['not requested', 'requested'][value] ?? `${value}`,
      );
      if (request > 1) throw new TlsError('TLS_FIELD_OUT_OF_RANGE', at, `${request}`, '0 or 1');
      return { type: 'key_update', updateRequested: request === 1 };
    }
    case HANDSHAKE_TYPES.end_of_early_data:
      return { type: 'end_of_early_data' };
    case HANDSHAKE_TYPES.hello_request:
      return { type: 'hello_request' };
    case HANDSHAKE_TYPES.server_hello_done:
      return { type: 'server_hello_done' };
    case HANDSHAKE_TYPES.server_key_exchange: {
      const at = reader.offset;
      const curveType = reader.uint(1, 'curve_type', (value) => (value === 3 ? 'named_curve' : `${value}`));
      if (curveType !== 3)
        throw new TlsError('TLS_FIELD_OUT_OF_RANGE', at, `curve type ${curveType}`, '3, named_curve');
      return {
        type: 'server_key_exchange',
        group: reader.uint(2, 'NamedCurve', (value) => nameIn(NAMED_GROUPS, value)),
        publicKey: reader.opaque(1, 'public', 1),
        scheme: scheme(),
        signature: reader.opaque(2, 'signature'),
      };
    }
    case HANDSHAKE_TYPES.client_key_exchange:
      return { type: 'client_key_exchange', publicKey: reader.opaque(1, 'ecdh_Yc', 1) };
  }
  return { type: 'unknown', number: type, body: reader.fixed(reader.end - reader.offset, 'body') };
}

const suite = (value: number) => nameIn(CIPHER_SUITES, value);
const versionName = (value: number) => nameIn(VERSIONS, value);

function readClientHello(reader: StructReader): ClientHello {
  return {
    type: 'client_hello',
    version: reader.uint(2, 'legacy_version', versionName),
    random: reader.fixed(32, 'random'),
    sessionId: readSessionId(reader, 'legacy_session_id'),
    cipherSuites: reader.uints(2, 2, 'CipherSuite', suite),
    compressionMethods: reader.opaque(1, 'legacy_compression_methods', 1),
    extensions: reader.isAtEnd ? undefined : readExtensions(reader, 'ClientHello'),
  };
}

function readServerHello(reader: StructReader): ServerHello {
  const version = reader.uint(2, 'legacy_version', versionName);
  const random = reader.fixed(32, 'random');
  const isRetryRequest = random.every((octet, index) => octet === RETRY_REQUEST_RANDOM[index]);
  return {
    type: 'server_hello',
    version,
    random,
    sessionId: readSessionId(reader, 'legacy_session_id_echo'),
    cipherSuite: reader.uint(2, 'CipherSuite', suite),
    compressionMethod: reader.uint(1, 'legacy_compression_method'),
    extensions: reader.isAtEnd
      ? undefined
      : readExtensions(reader, isRetryRequest ? 'HelloRetryRequest' : 'ServerHello'),
    isRetryRequest,
  };
}

function readSessionId(reader: StructReader, name: string): Uint8Array {
  const at = reader.offset;
  const id = reader.opaque(1, name);
  if (id.length > 32) throw new TlsError('TLS_LENGTH_WRONG', at, `${id.length} octets`, 'at most 32');
  return id;
}

function readCertificate(reader: StructReader): HandshakeMessage {
  const context = reader.opaque(1, 'certificate_request_context');
  const list = reader.vector(3, 'certificate_list');
  const entries = list.all(() => ({
    certificate: list.opaque(3, 'cert_data', 1),
    extensions: readExtensions(list, 'other'),
  }));
  return { type: 'certificate', context, entries };
}

function readCertificate12(reader: StructReader): HandshakeMessage {
  const list = reader.vector(3, 'certificate_list');
  return { type: 'certificate_1_2', certificates: list.all(() => list.opaque(3, 'ASN.1Cert', 1)) };
}

/** ClientCertificateType by number: what a signature is to be made with (RFC 5246 §7.4.4, RFC 8422 §5.5). */
const CERTIFICATE_TYPES: Readonly<Record<number, string>> = {
  1: 'rsa_sign',
  2: 'dss_sign',
  64: 'ecdsa_sign',
};

function readCertificateRequest12(reader: StructReader): HandshakeMessage {
  const certificateTypes = reader.uints(
    1,
    1,
    'ClientCertificateType',
    (value) => CERTIFICATE_TYPES[value] ?? `${value}`,
  );
  const schemes = reader.uints(2, 2, 'SignatureAndHashAlgorithm', (value) =>
    nameIn(SIGNATURE_SCHEMES, value),
  );
  const list = reader.vector(2, 'certificate_authorities');
  const authorities = list.all(() => list.opaque(2, 'DistinguishedName', 1));
  return { type: 'certificate_request_1_2', certificateTypes, schemes, authorities };
}

function readTicket(reader: StructReader): HandshakeMessage {
  return {
    type: 'new_session_ticket',
    lifetimeSeconds: reader.uint(4, 'ticket_lifetime', (value) => `${value} s`),
    ageAdd: reader.uint(4, 'ticket_age_add'),
    nonce: reader.opaque(1, 'ticket_nonce'),
    ticket: reader.opaque(2, 'ticket', 1),
    extensions: readExtensions(reader, 'NewSessionTicket'),
  };
}

function readTicket12(reader: StructReader): HandshakeMessage {
  return {
    type: 'new_session_ticket_1_2',
    lifetimeHintSeconds: reader.uint(4, 'ticket_lifetime_hint', (value) => `${value} s`),
    ticket: reader.opaque(2, 'ticket'),
  };
}

/**
 * Puts handshake messages together from the fragments of records, however they were cut (RFC 8446 §5.1). Answers whole
 * messages as octets, header included: transcripts need those. Holds one message at most, of 131,072 octets.
 * @throws TlsError TLS_MESSAGE_TOO_LONG
 */
export class HandshakeReader {
  private parts: Uint8Array[] = [];
  private octets = 0;
  /** Octets that must be there before there is anything to do: a header, or a message. */
  private awaited = HANDSHAKE_HEADER_OCTETS;

  push(fragment: Uint8Array): Uint8Array[] {
    if (fragment.length > 0) this.parts.push(fragment);
    this.octets += fragment.length;
    if (this.octets < this.awaited) return [];
    let pending: Uint8Array = joinOctets(this.parts);
    const messages: Uint8Array[] = [];
    for (;;) {
      this.awaited = HANDSHAKE_HEADER_OCTETS;
      if (pending.length < this.awaited) break;
      const length = (pending[1]! << 16) | (pending[2]! << 8) | pending[3]!;
      if (length > MAX_HANDSHAKE_OCTETS)
        throw new TlsError('TLS_MESSAGE_TOO_LONG', 1, `${length} octets`, `at most ${MAX_HANDSHAKE_OCTETS}`);
      this.awaited += length;
      if (pending.length < this.awaited) break;
      messages.push(pending.slice(0, this.awaited));
      pending = pending.subarray(this.awaited);
    }
    this.parts = [pending];
    this.octets = pending.length;
    return messages;
  }

  /** Whether a message has begun and not ended: keys must not change there (RFC 8446 §5.1). */
  get isInside(): boolean {
    return this.octets > 0;
  }
}
