import { FieldTrace, toHex, type TraceSink, joinOctets } from '@/lib/bytes';
import { nameIn } from '@/lib/protocols/tls';
import { DtlsError } from './errors';
import { FRAGMENT_HEADER_OCTETS, type NumberedMessage, traceFragmentHeader } from './fragment';
import type { DtlsMessage, DtlsVersion } from './messages';
import { uintAt } from './octets';
import { DTLS_HANDSHAKE_TYPES, DTLS_VERSIONS } from './registry';
import { decodeTlsBody } from './tls-body';

/**
 * A whole handshake message, as `HandshakeReassembler` answers it (RFC 9147 §5.2 to §5.4, RFC 6347 §4.3.2). Spans count from the
 * first octet of the message as one fragment, header included; so do the offsets of errors.
 * @throws DtlsError DTLS_MESSAGE_MALFORMED; DTLS_FIELD_OUT_OF_RANGE
 */
export function decodeMessage(
  message: NumberedMessage,
  version: DtlsVersion,
  trace?: TraceSink,
): DtlsMessage {
  const { msgType, body } = message;
  if (trace)
    traceFragmentHeader(trace, 0, { ...message, length: body.length, fragmentOffset: 0, fragment: body });
  switch (msgType) {
    case DTLS_HANDSHAKE_TYPES.client_hello:
      return decodeClientHello(body, version, trace);
    case DTLS_HANDSHAKE_TYPES.hello_verify_request:
      return decodeVerifyRequest(body, trace);
    case DTLS_HANDSHAKE_TYPES.request_connection_id:
      return decodeRequestConnectionId(body, trace);
    case DTLS_HANDSHAKE_TYPES.new_connection_id:
      return decodeNewConnectionId(body, trace);
    default:
      // What `decodeTlsBody` answers is no ClientHello, for that has another number.
      return decodeTlsBody(msgType, body, version, undefined, trace) as DtlsMessage;
  }
}

function malformed(at: number, seen: string, expected: string): DtlsError {
  return new DtlsError('DTLS_MESSAGE_MALFORMED', FRAGMENT_HEADER_OCTETS + at, seen, expected);
}

/** TLS's, after the cookie is cut out: it stands between session id and cipher suites (RFC 6347 §4.2.1). */
function decodeClientHello(body: Uint8Array, version: DtlsVersion, trace?: TraceSink): DtlsMessage {
  const cookieAt = 2 + 32 + 1 + (body[34] ?? 0);
  const cookieOctets = body[cookieAt];
  if (cookieOctets === undefined) throw malformed(body.length, 'the end', 'a cookie');
  const end = cookieAt + 1 + cookieOctets;
  if (end > body.length)
    throw malformed(cookieAt, `a cookie of ${cookieOctets} octets`, `at most ${body.length - cookieAt - 1}`);
  const tlsBody = joinOctets([body.subarray(0, cookieAt), body.subarray(end)]);
  const cut = { at: cookieAt, octets: 1 + cookieOctets };
  const hello = decodeTlsBody(DTLS_HANDSHAKE_TYPES.client_hello, tlsBody, version, cut, trace);
  const cookie = body.slice(cookieAt + 1, end);
  if (trace)
    new FieldTrace(
      trace,
      version === '1.2' ? 'RFC 6347 §4.2.1' : 'RFC 9147 §5.3',
      FRAGMENT_HEADER_OCTETS + cookieAt,
    )
      .field(8, 'cookie length', cookieOctets)
      .field(cookieOctets * 8, version === '1.2' ? 'cookie' : 'legacy_cookie', toHex(cookie));
  if (hello.type !== 'client_hello') throw malformed(0, hello.type, 'client_hello');
  return { ...hello, cookie };
}

function decodeVerifyRequest(body: Uint8Array, trace?: TraceSink): DtlsMessage {
  const cookieOctets = body[2];
  if (cookieOctets === undefined || body.length !== 3 + cookieOctets)
    throw malformed(2, `${body.length} octets`, 'a version and a cookie with its length');
  const version = uintAt(body, 0, 2);
  const cookie = body.slice(3);
  if (trace)
    new FieldTrace(trace, 'RFC 6347 §4.2.1', FRAGMENT_HEADER_OCTETS)
      .field(16, 'server_version', nameIn(DTLS_VERSIONS, version))
      .field(8, 'cookie length', cookieOctets)
      .field(cookieOctets * 8, 'cookie', toHex(cookie));
  return { type: 'hello_verify_request', version, cookie };
}

function decodeRequestConnectionId(body: Uint8Array, trace?: TraceSink): DtlsMessage {
  if (body.length !== 1) throw malformed(0, `${body.length} octets`, 'one, num_cids');
  const count = body[0]!;
  if (trace) new FieldTrace(trace, 'RFC 9147 §9', FRAGMENT_HEADER_OCTETS).field(8, 'num_cids', count);
  return { type: 'request_connection_id', count };
}

function decodeNewConnectionId(body: Uint8Array, trace?: TraceSink): DtlsMessage {
  const listOctets = uintAt(body, 0, 2);
  if (body.length !== 2 + listOctets + 1)
    throw malformed(0, `${body.length} octets`, 'a list of connection ids and their usage');
  const fields =
    trace &&
    new FieldTrace(trace, 'RFC 9147 §9', FRAGMENT_HEADER_OCTETS).field(16, 'cids length', listOctets);
  const connectionIds: Uint8Array[] = [];
  for (let at = 2; at < 2 + listOctets;) {
    const end = at + 1 + body[at]!;
    if (end > 2 + listOctets) throw malformed(at, `an id of ${body[at]} octets`, 'one that ends in the list');
    const id = body.slice(at + 1, end);
    connectionIds.push(id);
    fields?.field(8, 'ConnectionId length', id.length).field(id.length * 8, 'ConnectionId', toHex(id));
    at = end;
  }
  const usage = body[2 + listOctets]!;
  if (usage > 1) throw malformed(2 + listOctets, `usage ${usage}`, '0, immediate, or 1, spare');
  fields?.field(8, 'usage', usage === 0 ? 'cid_immediate' : 'cid_spare', `${usage}`);
  return { type: 'new_connection_id', connectionIds, usage: usage === 0 ? 'immediate' : 'spare' };
}
