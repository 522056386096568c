import { joinOctets } from '@/lib/bytes';
import { encodeHandshake, TlsError } from '@/lib/protocols/tls';
import { DtlsError } from './errors';
import type { NumberedMessage } from './fragment';
import { type DtlsClientHello, type DtlsMessage, MAX_COOKIE_OCTETS, type NewConnectionId } from './messages';
import { isUint } from './octets';
import { DTLS_HANDSHAKE_TYPES } from './registry';

const TLS_HEADER_OCTETS = 4;

/**
 * A handshake message as type and body, ready for `fragmentMessage` (RFC 9147 §5.2).
 * @throws DtlsError DTLS_COOKIE_TOO_LONG, DTLS_FIELD_OUT_OF_RANGE
 */
export function encodeMessage(message: DtlsMessage, messageSeq: number): NumberedMessage {
  const number = (msgType: number, body: Uint8Array) => ({ msgType, messageSeq, body });
  switch (message.type) {
    case 'client_hello':
      return number(DTLS_HANDSHAKE_TYPES.client_hello, clientHelloBody(message));
    case 'hello_verify_request': {
      const { version, cookie } = message;
      const body = joinOctets([Uint8Array.of(version >> 8, version & 0xff), lengthAnd(cookie)]);
      return number(DTLS_HANDSHAKE_TYPES.hello_verify_request, body);
    }
    case 'request_connection_id': {
      if (!isUint(message.count, 255)) throw outOfRange(`${message.count} ids`, 'at most 255');
      return number(DTLS_HANDSHAKE_TYPES.request_connection_id, Uint8Array.of(message.count));
    }
    case 'new_connection_id':
      return number(DTLS_HANDSHAKE_TYPES.new_connection_id, connectionIdsBody(message));
    default: {
      const octets = encodeTls(message);
      return number(octets[0]!, octets.slice(TLS_HEADER_OCTETS));
    }
  }
}

function encodeTls(message: Parameters<typeof encodeHandshake>[0]): Uint8Array {
  try {
    return encodeHandshake(message);
  } catch (error) {
    if (!(error instanceof TlsError)) throw error;
    throw new DtlsError('DTLS_FIELD_OUT_OF_RANGE', error.offset, error.seen, error.expected);
  }
}

const outOfRange = (seen: string, expected: string) =>
  new DtlsError('DTLS_FIELD_OUT_OF_RANGE', 0, seen, expected);

/** Octets with their length in one octet before them. */
function lengthAnd(cookie: Uint8Array): Uint8Array {
  if (cookie.length > MAX_COOKIE_OCTETS)
    throw new DtlsError('DTLS_COOKIE_TOO_LONG', 0, `${cookie.length} octets`, `at most ${MAX_COOKIE_OCTETS}`);
  return joinOctets([Uint8Array.of(cookie.length), cookie]);
}

/** The cookie goes between session id and cipher suites (RFC 6347 §4.2.1). */
function clientHelloBody({ cookie, ...hello }: DtlsClientHello): Uint8Array {
  const body = encodeTls(hello).subarray(TLS_HEADER_OCTETS);
  const cookieAt = 2 + 32 + 1 + hello.sessionId.length;
  return joinOctets([body.subarray(0, cookieAt), lengthAnd(cookie), body.subarray(cookieAt)]);
}

function connectionIdsBody({ connectionIds, usage }: NewConnectionId): Uint8Array {
  const list = joinOctets(
    connectionIds.map((id) => {
      if (id.length > 255) throw outOfRange(`an id of ${id.length} octets`, 'at most 255');
      return joinOctets([Uint8Array.of(id.length), id]);
    }),
  );
  if (list.length > 0xffff) throw outOfRange(`${list.length} octets of ids`, 'at most 65535');
  const length = Uint8Array.of(list.length >> 8, list.length & 0xff);
  return joinOctets([length, list, Uint8Array.of(usage === 'immediate' ? 0 : 1)]);
}
