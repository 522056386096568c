import { encodeClosePayload } from './close-payload';
import { encodeFrame } from './frame';
import { isControl, MAX_CONTROL_PAYLOAD, OPCODES } from './opcodes';

/** Compresses one message (RFC 7692 §7.2.1); may keep what it saw for the next. */
export type MessageDeflater = { deflate(payload: Uint8Array): Uint8Array };

/** How a message is put into frames: masked or not, in how many pieces, compressed or not. */
export type EncodeMessageOptions = {
  /**
   * A client's: gives a fresh key of four octets for each frame, and one that cannot be guessed (§5.3). A server has
   * none.
   */
  nextMask?: (() => Uint8Array) | undefined;
  /** The longest payload of a frame; a longer message is fragmented. Default: one frame. */
  fragmentOctets?: number | undefined;
  /** What was agreed on with permessage-deflate; the message is then compressed. */
  deflate?: MessageDeflater | undefined;
};

/**
 * A message to its frames, one after the other: a string is text, octets are binary (RFC 6455 §5.4, §5.6). RSV1 stands
 * on the first frame of a compressed one only (RFC 7692 §6.1).
 */
export function encodeMessage(data: string | Uint8Array, options: EncodeMessageOptions = {}): Uint8Array[] {
  const { nextMask, deflate, fragmentOctets = Number.POSITIVE_INFINITY } = options;
  if (!(fragmentOctets >= 1)) throw new RangeError(`fragments of ${fragmentOctets} octets`);
  const plain = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  const payload = deflate ? deflate.deflate(plain) : plain;
  const frames: Uint8Array[] = [];
  let start = 0;
  do {
    const end = Math.min(payload.length, start + fragmentOctets);
    const isFirst = start === 0;
    const opcode = typeof data === 'string' ? OPCODES.text : OPCODES.binary;
    frames.push(
      encodeFrame({
        fin: end === payload.length,
        rsv1: isFirst && deflate !== undefined,
        opcode: isFirst ? opcode : OPCODES.continuation,
        mask: nextMask?.(),
        payload: payload.subarray(start, end),
      }),
    );
    start = end;
  } while (start < payload.length);
  return frames;
}

/** A Ping, a Pong or a Close with a payload of its own. @throws RangeError over 125 octets or for another opcode */
export function encodeControl(opcode: number, payload: Uint8Array, mask?: Uint8Array): Uint8Array {
  if (!isControl(opcode)) throw new RangeError(`opcode ${opcode} is of a data frame`);
  if (payload.length > MAX_CONTROL_PAYLOAD) {
    throw new RangeError(`${payload.length} octets in a control frame; at most ${MAX_CONTROL_PAYLOAD}`);
  }
  return encodeFrame({ fin: true, opcode, payload, mask });
}

/** A Close frame (§5.5.1); without a code it is empty. */
export function encodeClose(code?: number, reason = '', mask?: Uint8Array): Uint8Array {
  return encodeControl(OPCODES.close, encodeClosePayload(code, reason), mask);
}
