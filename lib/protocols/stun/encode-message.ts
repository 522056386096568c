import type { TraceSink } from '@/lib/bytes';
import { ByteWriter } from '@/lib/bytes';
import { writeAttribute } from './attributes';
import { decodeMessage } from './decode-message';
import { StunError } from './errors';
import type { StunMessage } from './message';
import { MAGIC_COOKIE, MAX_STUN_BODY, STUN_HEADER_OCTETS } from './message';
import { encodeMessageType } from './message-type';

/**
 * Message to octets (RFC 8489 §5):
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |0 0|     STUN Message Type     |         Message Length        |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                         Magic Cookie                          |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                                                               |
 *     |                     Transaction ID (96 bits)                  |
 *     |                                                               |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |         Type                  |            Length             |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                         Value (variable)                ....
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 * MESSAGE-INTEGRITY and FINGERPRINT are added afterwards, by `addIntegrity` and `addFingerprint`; as attributes of
 * `message` they are written as they stand there.
 * @throws StunError STUN_FIELD_OUT_OF_RANGE, STUN_MESSAGE_TOO_LONG, STUN_ADDRESS_MALFORMED, STUN_ERROR_CODE_WRONG
 */
export function encodeMessage(message: StunMessage, trace?: TraceSink): Uint8Array {
  const { transactionId } = message;
  if (transactionId.length !== 12) {
    throw new StunError('STUN_FIELD_OUT_OF_RANGE', 8, `${transactionId.length} octets`, '12 octets');
  }
  const writer = new ByteWriter(128)
    .uint16(encodeMessageType(message.class, message.method))
    .uint16(0)
    .uint32(MAGIC_COOKIE)
    .write(transactionId);
  const pad = writer.finish().subarray(4, STUN_HEADER_OCTETS);
  for (const attribute of message.attributes) writeAttribute(writer, attribute, pad);
  const octets = writer.finish();
  writeLength(octets, octets.length);
  if (trace) decodeMessage(octets, trace);
  return octets;
}

/** Puts into the header that the message has `octets` octets. @throws StunError STUN_MESSAGE_TOO_LONG */
export function writeLength(message: Uint8Array, octets: number): void {
  const length = octets - STUN_HEADER_OCTETS;
  if (length > MAX_STUN_BODY) {
    throw new StunError('STUN_MESSAGE_TOO_LONG', 2, `${length} octets`, `at most ${MAX_STUN_BODY}`);
  }
  message[2] = length >>> 8;
  message[3] = length & 0xff;
}
