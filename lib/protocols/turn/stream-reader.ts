import { messageOctets, StunError } from '@/lib/protocols/stun';
import { decodeChannelData } from './channel-data';
import type { ChannelData } from './channel-data';
import { TurnError } from './errors';

/** A frame of a TURN stream: the octets of a STUN message, or ChannelData. */
export type TurnFrame = { type: 'stun'; octets: Uint8Array } | ({ type: 'channel-data' } & ChannelData);

/** A reader holds less than this: the longest frame (a header, 65,535 octets and a word), and never a whole one. */
export const MAX_TURN_FRAME = 20 + 0xffff + 4;

/**
 * TURN over TCP or TLS: frames follow one another, and their first two bits tell them apart (RFC 8656 §12.5). Chunks may be
 * cut anywhere. After an error the stream is lost: nothing says where the next frame starts.
 */
export class TurnStreamReader {
  #pending = new Uint8Array(0);
  /** Octets of the stream that were read as frames. */
  #consumed = 0;
  #failure: TurnError | undefined;

  /**
   * Takes octets and answers the frames that are now whole; they are copies.
   * @throws TurnError TURN_NOT_TURN, TURN_STUN_MALFORMED, TURN_CHANNEL_NUMBER_WRONG; again on every later call
   */
  push(chunk: Uint8Array): TurnFrame[] {
    if (this.#failure) throw this.#failure;
    const octets = new Uint8Array(this.#pending.length + chunk.length);
    octets.set(this.#pending);
    octets.set(chunk, this.#pending.length);
    const frames: TurnFrame[] = [];
    let at = 0;
    try {
      for (let rest = octets; ; rest = octets.subarray(at)) {
        const length = frameOctets(rest);
        if (length === undefined || rest.length < length) break;
        frames.push(frameOf(rest.subarray(0, length)));
        at += length;
      }
    } catch (error) {
      this.#failure = this.#asTurnError(error, at);
      // Frames that were whole before the fault are answered first; the next call says what is wrong.
      if (frames.length === 0) throw this.#failure;
    }
    this.#consumed += at;
    this.#pending = octets.slice(at);
    return frames;
  }

  #asTurnError(error: unknown, at: number): TurnError {
    if (!(error instanceof TurnError || error instanceof StunError)) throw error;
    const code = error instanceof TurnError ? error.code : 'TURN_STUN_MALFORMED';
    return new TurnError(code, this.#consumed + at + error.offset, error.seen, error.expected);
  }
}

function frameOctets(rest: Uint8Array): number | undefined {
  const first = rest[0];
  if (first === undefined) return undefined;
  if (first < 0x40) return messageOctets(rest);
  if (first >= 0x80) {
    throw new TurnError('TURN_NOT_TURN', 0, `0x${first.toString(16)}`, 'a STUN message or ChannelData');
  }
  // Judges the number as soon as it is here.
  decodeChannelData(rest.subarray(0, 4), 'tcp');
  if (rest.length < 4) return undefined;
  const length = (rest[2]! << 8) | rest[3]!;
  return 4 + length + (-length & 3);
}

function frameOf(octets: Uint8Array): TurnFrame {
  const copy = octets.slice();
  if (copy[0]! < 0x40) return { type: 'stun', octets: copy };
  return { type: 'channel-data', ...decodeChannelData(copy, 'tcp')! };
}
