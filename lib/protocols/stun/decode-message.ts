import type { TraceSink } from '@/lib/bytes';
import { FieldTrace, toHex } from '@/lib/bytes';
import type { StunAttribute } from './attributes';
import { decodeAttribute, traceAttribute } from './attributes';
import { StunError } from './errors';
import { messageOctets } from './frame';
import type { DecodedMessage } from './message';
import { STUN_HEADER_OCTETS } from './message';
import { decodeMessageType } from './message-type';

const FINGERPRINT = 0x8028;
const MESSAGE_INTEGRITY_SHA256 = 0x001c;

/**
 * Octets of one datagram (or of one frame cut out by `messageOctets`) to a message. `undefined`: there are fewer octets
 * than the header says; more are malformed. The diagram stands at `encodeMessage`. Values that are octets are views of
 * `bytes`. Integrity and fingerprint are decoded, not verified: `checkIntegrity` and `checkFingerprint` do that over
 * these same octets. Spans are traced as they are read: where it throws, those before the fault are there.
 * @throws StunError STUN_NOT_STUN, STUN_COOKIE_MISSING, STUN_LENGTH_WRONG, STUN_ATTRIBUTE_…, STUN_ADDRESS_FAMILY_UNKNOWN,
 *   STUN_ERROR_CODE_WRONG, STUN_TEXT_NOT_UTF8
 */
export function decodeMessage(bytes: Uint8Array, trace?: TraceSink): DecodedMessage | undefined {
  const octets = messageOctets(bytes);
  if (octets === undefined || bytes.length < octets) return undefined;
  const typeField = (bytes[0]! << 8) | bytes[1]!;
  const type = decodeMessageType(typeField);
  const transactionId = bytes.subarray(8, STUN_HEADER_OCTETS);
  if (trace) traceHeader(trace, typeField, type, octets, transactionId);
  if (bytes.length > octets) {
    const expected = `${bytes.length - STUN_HEADER_OCTETS}, to the end of the datagram`;
    throw new StunError('STUN_LENGTH_WRONG', 2, `${octets - STUN_HEADER_OCTETS} octets`, expected);
  }

  const attributes: StunAttribute[] = [];
  const ignored: StunAttribute[] = [];
  let covered: 'none' | 'sha1' | 'sha256' | 'fingerprint' = 'none';
  for (let at = STUN_HEADER_OCTETS; at < octets;) {
    const attributeType = (bytes[at]! << 8) | bytes[at + 1]!;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const next = at + 4 + length + (-length & 3);
    if (next > octets) {
      const room = octets - at - 4;
      throw new StunError('STUN_ATTRIBUTE_PAST_END', at + 2, `${length} octets`, `at most the ${room} left`);
    }
    // After an integrity attribute only those that may follow it count (§14.5, §14.6).
    const counts =
      covered === 'none' ||
      attributeType === FINGERPRINT ||
      (covered === 'sha1' && attributeType === MESSAGE_INTEGRITY_SHA256);
    const decode = counts ? decodeAttribute : decodeIgnored;
    const attribute = decode(bytes, attributeType, at + 4, length);
    if (trace) traceAttribute(trace, at, attributeType, attribute, length, bytes);
    const { name } = attribute;
    if (covered === 'fingerprint') {
      throw new StunError('STUN_ATTRIBUTE_MISPLACED', at, name, 'nothing after FINGERPRINT');
    }
    (counts ? attributes : ignored).push(attribute);
    if (name === 'FINGERPRINT') covered = 'fingerprint';
    else if (counts && name === 'MESSAGE-INTEGRITY-SHA256') covered = 'sha256';
    else if (counts && name === 'MESSAGE-INTEGRITY') covered = 'sha1';
    at = next;
  }
  return { class: type.class, method: type.method, transactionId, attributes, octets, ignored };
}

/** What is to be ignored may hold anything: a value that is malformed stays the octets that it is. */
function decodeIgnored(message: Uint8Array, type: number, start: number, length: number): StunAttribute {
  try {
    return decodeAttribute(message, type, start, length);
  } catch (error) {
    if (!(error instanceof StunError)) throw error;
    return { name: 'UNKNOWN', type, value: message.subarray(start, start + length) };
  }
}

/** All numbers of so many bits, written out once. */
const bitTexts = (bits: number): readonly string[] =>
  Array.from({ length: 2 ** bits }, (_, value) => value.toString(2).padStart(bits, '0'));
const [ONE_BIT, THREE_BITS, FOUR_BITS, FIVE_BITS] = [bitTexts(1), bitTexts(3), bitTexts(4), bitTexts(5)];

function traceHeader(
  sink: TraceSink,
  typeField: number,
  { class: messageClass, method }: ReturnType<typeof decodeMessageType>,
  octets: number,
  transactionId: Uint8Array,
): void {
  const methodName = String(method);
  new FieldTrace(sink, 'RFC 8489 §5')
    .field(2, 'Zeros', '00', 'tells STUN from DTLS, SRTP and ChannelData on the same port')
    .field(5, 'Method M11-M7', FIVE_BITS[typeField >>> 9]!, methodName)
    .field(1, 'Class C1', ONE_BIT[(typeField >>> 8) & 1]!, messageClass)
    .field(3, 'Method M6-M4', THREE_BITS[(typeField >>> 5) & 7]!, methodName)
    .field(1, 'Class C0', ONE_BIT[(typeField >>> 4) & 1]!, messageClass)
    .field(4, 'Method M3-M0', FOUR_BITS[typeField & 15]!, methodName)
    .field(16, 'Message Length', `${octets - STUN_HEADER_OCTETS} octets`, 'without these 20')
    .field(32, 'Magic Cookie', '0x2112a442')
    .field(96, 'Transaction ID', toHex(transactionId));
}
