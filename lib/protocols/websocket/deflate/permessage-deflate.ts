import type { DeflateParams } from './negotiate';
import type { MessageDeflater } from '../encode-message';
import type { Role } from '../frame-scanner';
import type { MessageInflater } from '../message-assembler';
import { deflateBlock } from './deflate';
import { inflateBlocks } from './inflate';

/** What every flush ends with; it is cut off before sending and put back after (RFC 7692 §7.2.1, §7.2.2). */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);
const NOTHING = new Uint8Array(0);

/**
 * One end of permessage-deflate: compresses what it sends, inflates what it receives (RFC 7692 §7.2). With context
 * takeover each message is compressed against those before it, so an instance belongs to one connection, and its
 * messages go through it in their order. Give it to a MessageReader and to `encodeMessage`.
 */
export class PerMessageDeflate implements MessageInflater, MessageDeflater {
  private readonly sends: Direction;
  private readonly receives: Direction;
  private sent: Uint8Array = NOTHING;
  private received: Uint8Array = NOTHING;

  constructor(params: DeflateParams, role: Role) {
    const client = { keeps: !params.clientNoContextTakeover, windowOctets: 2 ** params.clientMaxWindowBits };
    const server = { keeps: !params.serverNoContextTakeover, windowOctets: 2 ** params.serverMaxWindowBits };
    [this.sends, this.receives] = role === 'client' ? [client, server] : [server, client];
  }

  /** The payload of a message to what is sent, in one or several frames. */
  deflate(message: Uint8Array): Uint8Array {
    const { keeps, windowOctets } = this.sends;
    const compressed = deflateBlock(message, this.sent, windowOctets);
    if (keeps) this.sent = lastOf(this.sent, message, windowOctets);
    return compressed.subarray(0, compressed.length - TAIL.length);
  }

  /** @throws InflateError for octets that are no DEFLATE blocks, and for more than `maxOctets` of message */
  inflate(payload: Uint8Array, maxOctets: number): Uint8Array {
    const { keeps, windowOctets } = this.receives;
    const blocks = new Uint8Array(payload.length + TAIL.length);
    blocks.set(payload);
    blocks.set(TAIL, payload.length);
    const { message, history } = inflateBlocks(blocks, this.received, { windowOctets, maxOctets });
    if (keeps) this.received = history;
    return message;
  }
}

/** `keeps`: the window stays from one message to the next (context takeover). */
type Direction = { keeps: boolean; windowOctets: number };

function lastOf(history: Uint8Array, message: Uint8Array, count: number): Uint8Array {
  if (message.length >= count) return message.slice(message.length - count);
  const kept = history.subarray(Math.max(0, history.length + message.length - count));
  const joined = new Uint8Array(kept.length + message.length);
  joined.set(kept);
  joined.set(message, kept.length);
  return joined;
}
