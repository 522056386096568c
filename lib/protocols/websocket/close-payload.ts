import { CLOSE_CODES, isCloseCodeForWire } from './close-codes';
import { WebSocketError } from './errors';
import { MAX_CONTROL_PAYLOAD } from './opcodes';
import { decodeUtf8, Utf8Validator } from './utf8';

/** Status and reason of a Close frame. */
export type CloseReason = { code: number; reason: string };

/** A reason has at most this many octets of UTF-8: two of the 125 are the status code. */
export const MAX_REASON_OCTETS = MAX_CONTROL_PAYLOAD - 2;

/**
 * The payload of a Close frame: a status code of 16 bits, then a reason in UTF-8 (RFC 6455 §5.5.1). Without a code it
 * is empty. Writes what it is told, a forbidden code too.
 * @throws RangeError if the reason is too long, or has no code to stand behind
 */
export function encodeClosePayload(code?: number, reason = ''): Uint8Array {
  const text = new TextEncoder().encode(reason);
  if (text.length > MAX_REASON_OCTETS) {
    throw new RangeError(`a reason of ${text.length} octets; at most ${MAX_REASON_OCTETS}`);
  }
  if (code === undefined) {
    if (text.length > 0) throw new RangeError('a reason stands behind a status code');
    return text;
  }
  const payload = new Uint8Array(2 + text.length);
  payload[0] = code >>> 8;
  payload[1] = code;
  payload.set(text, 2);
  return payload;
}

/**
 * What a Close frame says; 1005 if it says nothing (§7.1.5). `offset` is where the payload begins in the stream.
 * @throws WebSocketError WEBSOCKET_CLOSE_TOO_SHORT, WEBSOCKET_CLOSE_CODE_INVALID, WEBSOCKET_INVALID_UTF8
 */
export function decodeClosePayload(payload: Uint8Array, offset = 0): CloseReason {
  if (payload.length === 0) return { code: CLOSE_CODES.noStatus, reason: '' };
  if (payload.length === 1) {
    throw new WebSocketError('WEBSOCKET_CLOSE_TOO_SHORT', offset, '1 octet', 'none, or at least 2');
  }
  const code = (payload[0]! << 8) | payload[1]!;
  if (!isCloseCodeForWire(code)) {
    const expected = 'a registered code that may be sent, or 3000 to 4999';
    throw new WebSocketError('WEBSOCKET_CLOSE_CODE_INVALID', offset, `status ${code}`, expected);
  }
  const text = payload.subarray(2);
  const reason = decodeUtf8(text);
  if (reason === undefined) {
    const wrong = new Utf8Validator().push(text);
    const at = offset + 2 + (wrong < 0 ? text.length : wrong);
    throw new WebSocketError('WEBSOCKET_INVALID_UTF8', at, 'octets that are no UTF-8', 'a reason in UTF-8');
  }
  return { code, reason };
}
