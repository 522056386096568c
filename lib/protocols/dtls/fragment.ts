import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { nameIn } from '@/lib/protocols/tls';
import { DtlsError } from './errors';
import { isUint, setUint, uintAt } from './octets';
import { DTLS_HANDSHAKE_TYPES } from './registry';

/** A handshake message, or a part of one (RFC 9147 §5.2). */
export type HandshakeFragment = {
  msgType: number;
  /** Octets of the whole message's body. */
  length: number;
  messageSeq: number;
  fragmentOffset: number;
  /** Its length is fragment_length. */
  fragment: Uint8Array;
};

/** A whole handshake message: type and body, and its number among its sender's messages. */
export type NumberedMessage = { msgType: number; messageSeq: number; body: Uint8Array };

/** Octets of the header (RFC 9147 §5.2): the 4 of TLS, and 8 that say which part of which message this is. */
export const FRAGMENT_HEADER_OCTETS = 12;

const MAX_UINT24 = 2 ** 24 - 1;

/** A fragment to octets. @throws DtlsError DTLS_FIELD_OUT_OF_RANGE */
export function encodeFragment({
  msgType,
  length,
  messageSeq,
  fragmentOffset,
  fragment,
}: HandshakeFragment): Uint8Array {
  const fits =
    isUint(msgType, 255) &&
    isUint(length, MAX_UINT24) &&
    isUint(messageSeq, 0xffff) &&
    isUint(fragmentOffset, MAX_UINT24) &&
    fragmentOffset + fragment.length <= length;
  if (!fits)
    throw new DtlsError(
      'DTLS_FIELD_OUT_OF_RANGE',
      0,
      `type ${msgType}, message ${messageSeq}, octets ${fragmentOffset} to ${fragmentOffset + fragment.length} of ${length}`,
      'a part of a message, in 8, 16 and 24 bits',
    );
  const octets = new Uint8Array(FRAGMENT_HEADER_OCTETS + fragment.length);
  octets[0] = msgType;
  setUint(octets, 1, 3, length);
  setUint(octets, 4, 2, messageSeq);
  setUint(octets, 6, 3, fragmentOffset);
  setUint(octets, 9, 3, fragment.length);
  octets.set(fragment, FRAGMENT_HEADER_OCTETS);
  return octets;
}

/**
 * The fragments in a handshake record: one or more, each whole (RFC 9147 §5.5).
 * @throws DtlsError DTLS_FRAGMENT_TRUNCATED, DTLS_FRAGMENT_PAST_END, DTLS_FRAGMENT_EMPTY
 */
export function decodeFragments(octets: Uint8Array, trace?: TraceSink): HandshakeFragment[] {
  const fragments: HandshakeFragment[] = [];
  for (let at = 0; at < octets.length || at === 0;) {
    const left = octets.length - at;
    if (left < FRAGMENT_HEADER_OCTETS)
      throw new DtlsError(
        'DTLS_FRAGMENT_TRUNCATED',
        at,
        `${left} octets`,
        `a header of ${FRAGMENT_HEADER_OCTETS}`,
      );
    const length = uintAt(octets, at + 1, 3);
    const fragmentOffset = uintAt(octets, at + 6, 3);
    const fragmentLength = uintAt(octets, at + 9, 3);
    if (fragmentOffset + fragmentLength > length)
      throw new DtlsError(
        'DTLS_FRAGMENT_PAST_END',
        at + 6,
        `octets ${fragmentOffset} to ${fragmentOffset + fragmentLength}`,
        `inside a message of ${length}`,
      );
    // Empty parts of messages that are not empty carry nothing, and could be sent for ever.
    if (fragmentLength === 0 && length > 0)
      throw new DtlsError('DTLS_FRAGMENT_EMPTY', at + 9, 'no octets', `some of ${length}`);
    const bodyAt = at + FRAGMENT_HEADER_OCTETS;
    if (bodyAt + fragmentLength > octets.length)
      throw new DtlsError(
        'DTLS_FRAGMENT_TRUNCATED',
        bodyAt,
        `${octets.length - bodyAt} octets`,
        `${fragmentLength}`,
      );
    const fragment: HandshakeFragment = {
      msgType: octets[at]!,
      length,
      messageSeq: uintAt(octets, at + 4, 2),
      fragmentOffset,
      fragment: octets.slice(bodyAt, bodyAt + fragmentLength),
    };
    fragments.push(fragment);
    if (trace) traceFragment(trace, at, fragment);
    at = bodyAt + fragmentLength;
  }
  return fragments;
}

/**
 * A message in fragments of at most `maxOctets` octets each, header included (RFC 9147 §5.5). An empty message is one
 * fragment. @throws DtlsError DTLS_MTU_TOO_SMALL, DTLS_MESSAGE_TOO_LONG
 */
export function fragmentMessage(
  { msgType, messageSeq, body }: NumberedMessage,
  maxOctets: number,
): HandshakeFragment[] {
  const room = maxOctets - FRAGMENT_HEADER_OCTETS;
  if (room < 1)
    throw new DtlsError(
      'DTLS_MTU_TOO_SMALL',
      0,
      `${maxOctets} octets`,
      `more than ${FRAGMENT_HEADER_OCTETS}`,
    );
  if (body.length > MAX_UINT24)
    throw new DtlsError('DTLS_MESSAGE_TOO_LONG', 1, `${body.length} octets`, `at most ${MAX_UINT24}`);
  const fragments: HandshakeFragment[] = [];
  for (let at = 0; at === 0 || at < body.length; at += room) {
    const fragment = body.subarray(at, at + room);
    fragments.push({ msgType, length: body.length, messageSeq, fragmentOffset: at, fragment });
  }
  return fragments;
}

export function traceFragmentHeader(sink: TraceSink, at: number, fragment: HandshakeFragment): FieldTrace {
  const { msgType, length, messageSeq, fragmentOffset } = fragment;
  return new FieldTrace(sink, 'RFC 9147 §5.2', at)
    .field(8, 'msg_type', nameIn(DTLS_HANDSHAKE_TYPES, msgType), `${msgType}`)
    .field(24, 'length', length, 'of the whole message')
    .field(16, 'message_seq', messageSeq)
    .field(24, 'fragment_offset', fragmentOffset)
    .field(24, 'fragment_length', fragment.fragment.length);
}

function traceFragment(sink: TraceSink, at: number, fragment: HandshakeFragment): void {
  const octets = fragment.fragment.length;
  const name = octets === fragment.length ? 'body' : 'part of the body';
  traceFragmentHeader(sink, at, fragment).field(
    octets * 8,
    name,
    `${octets} octets`,
    undefined,
    'RFC 9147 §5.5',
  );
}
