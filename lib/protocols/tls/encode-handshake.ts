import { ByteWriter } from '@/lib/bytes';
import { TlsError } from './errors';
import { encodeExtensions } from './extensions';
import type { HandshakeMessage } from './handshake';
import { opaque, vector } from './presentation';
import { HANDSHAKE_TYPES } from './registry';

/**
 * A handshake message to octets, header included (RFC 8446 §4).
 * @throws TlsError TLS_FIELD_OUT_OF_RANGE
 */
export function encodeHandshake(message: HandshakeMessage): Uint8Array {
  try {
    return new ByteWriter()
      .uint8(numberOf(message))
      .write(opaque(3, encodeBody(message)))
      .finish();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TlsError('TLS_FIELD_OUT_OF_RANGE', 0, error.message, 'a number that its field holds');
  }
}

function numberOf(message: HandshakeMessage): number {
  switch (message.type) {
    case 'unknown':
      return message.number;
    case 'certificate_1_2':
      return HANDSHAKE_TYPES.certificate;
    case 'certificate_request_1_2':
      return HANDSHAKE_TYPES.certificate_request;
    case 'new_session_ticket_1_2':
      return HANDSHAKE_TYPES.new_session_ticket;
    default:
      return HANDSHAKE_TYPES[message.type];
  }
}

function encodeBody(message: HandshakeMessage): Uint8Array {
  const writer = new ByteWriter();
  switch (message.type) {
    case 'client_hello':
      writer.uint16(message.version).write(message.random).write(opaque(1, message.sessionId));
      writer.write(
        vector(2, (list) => {
          for (const suite of message.cipherSuites) list.uint16(suite);
        }),
      );
      writer.write(opaque(1, message.compressionMethods));
      if (message.extensions) writer.write(encodeExtensions(message.extensions, 'ClientHello'));
      break;
    case 'server_hello':
      writer.uint16(message.version).write(message.random).write(opaque(1, message.sessionId));
      writer.uint16(message.cipherSuite).uint8(message.compressionMethod);
      if (message.extensions)
        writer.write(
          encodeExtensions(message.extensions, message.isRetryRequest ? 'HelloRetryRequest' : 'ServerHello'),
        );
      break;
    case 'encrypted_extensions':
      writer.write(encodeExtensions(message.extensions, 'other'));
      break;
    case 'certificate':
      writer.write(opaque(1, message.context)).write(
        vector(3, (list) => {
          for (const { certificate, extensions } of message.entries)
            list.write(opaque(3, certificate)).write(encodeExtensions(extensions, 'other'));
        }),
      );
      break;
    case 'certificate_1_2':
      writer.write(
        vector(3, (list) => {
          for (const certificate of message.certificates) list.write(opaque(3, certificate));
        }),
      );
      break;
    case 'certificate_request':
      writer.write(opaque(1, message.context)).write(encodeExtensions(message.extensions, 'other'));
      break;
    case 'certificate_request_1_2':
      writer.write(opaque(1, Uint8Array.from(message.certificateTypes)));
      writer.write(
        vector(2, (list) => {
          for (const scheme of message.schemes) list.uint16(scheme);
        }),
      );
      writer.write(
        vector(2, (list) => {
          for (const name of message.authorities) list.write(opaque(2, name));
        }),
      );
      break;
    case 'certificate_verify':
      writer.uint16(message.scheme).write(opaque(2, message.signature));
      break;
    case 'finished':
      writer.write(message.verifyData);
      break;
    case 'new_session_ticket':
      writer.uint32(message.lifetimeSeconds).uint32(message.ageAdd).write(opaque(1, message.nonce));
      writer.write(opaque(2, message.ticket)).write(encodeExtensions(message.extensions, 'NewSessionTicket'));
      break;
    case 'new_session_ticket_1_2':
      writer.uint32(message.lifetimeHintSeconds).write(opaque(2, message.ticket));
      break;
    case 'key_update':
      writer.uint8(message.updateRequested ? 1 : 0);
      break;
    case 'server_key_exchange':
      writer.uint8(3).uint16(message.group).write(opaque(1, message.publicKey));
      writer.uint16(message.scheme).write(opaque(2, message.signature));
      break;
    case 'client_key_exchange':
      writer.write(opaque(1, message.publicKey));
      break;
    case 'unknown':
      writer.write(message.body);
      break;
    case 'end_of_early_data':
    case 'hello_request':
    case 'server_hello_done':
      break;
  }
  return writer.finish();
}
