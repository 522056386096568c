import { Http2Error } from './errors';
import type { Http2Frame } from './frame';

/** A field block is at most so many octets, compressed, … */
export const MAX_FIELD_BLOCK_OCTETS = 262_144;
/** … in at most so many frames: CONTINUATION frames may be empty, and without end. */
export const MAX_FIELD_BLOCK_FRAMES = 128;

type Opening = Extract<Http2Frame, { type: 'HEADERS' | 'PUSH_PROMISE' }>;

/**
 * Joins HEADERS or PUSH_PROMISE with the CONTINUATION frames behind it (RFC 9113 §4.3, §6.10): nothing may come
 * between them, on any stream.
 */
export class FieldBlockAssembler {
  private opening: Opening | undefined;
  private fragments: Uint8Array[] = [];
  private octets = 0;

  /** Is a block begun and not ended? */
  get isOpen(): boolean {
    return this.opening !== undefined;
  }

  /**
   * Takes every frame of a connection. A frame that is no part of a block is not its business, and gives undefined, as
   * does a part that is not the last.
   * @throws Http2Error if the frame breaks into a block, continues none, or makes it too large
   */
  take(frame: Http2Frame): { opening: Opening; block: Uint8Array } | undefined {
    if (this.opening && (frame.type !== 'CONTINUATION' || frame.streamId !== this.opening.streamId))
      throw interrupted(frame, this.opening);
    if (frame.type === 'HEADERS' || frame.type === 'PUSH_PROMISE') {
      this.opening = frame;
      this.fragments = [];
      this.octets = 0;
    } else if (frame.type !== 'CONTINUATION') return undefined;
    if (!this.opening) throw unexpected(frame);

    this.fragments.push(frame.fragment);
    this.octets += frame.fragment.length;
    if (this.octets > MAX_FIELD_BLOCK_OCTETS || this.fragments.length > MAX_FIELD_BLOCK_FRAMES)
      throw tooLarge(frame);
    if (!frame.endHeaders) return undefined;
    const opening = this.opening;
    this.opening = undefined;
    return { opening, block: this.join() };
  }

  private join(): Uint8Array {
    const [first] = this.fragments;
    if (first && this.fragments.length === 1) return first;
    const block = new Uint8Array(this.octets);
    let at = 0;
    for (const fragment of this.fragments) {
      block.set(fragment, at);
      at += fragment.length;
    }
    return block;
  }
}

function interrupted(frame: Http2Frame, opening: Opening): Http2Error {
  return new Http2Error({
    code: 'HTTP2_CONTINUATION_EXPECTED',
    errorName: 'PROTOCOL_ERROR',
    streamId: frame.streamId,
    seen: `${frame.type} on stream ${frame.streamId}`,
    expected: `CONTINUATION on stream ${opening.streamId}: its field block is not ended`,
    ref: 'RFC 9113 §6.10',
  });
}

function unexpected({ streamId }: Http2Frame): Http2Error {
  return new Http2Error({
    code: 'HTTP2_CONTINUATION_UNEXPECTED',
    errorName: 'PROTOCOL_ERROR',
    streamId,
    seen: `CONTINUATION on stream ${streamId}`,
    expected: 'HEADERS, PUSH_PROMISE or CONTINUATION without END_HEADERS before it',
    ref: 'RFC 9113 §6.10',
  });
}

function tooLarge({ streamId }: Http2Frame): Http2Error {
  return new Http2Error({
    code: 'HTTP2_FIELD_BLOCK_TOO_LARGE',
    errorName: 'ENHANCE_YOUR_CALM',
    streamId,
    seen: 'a field block without end',
    expected: `at most ${MAX_FIELD_BLOCK_OCTETS} octets in ${MAX_FIELD_BLOCK_FRAMES} frames`,
    ref: 'RFC 9113 §10.5.1',
  });
}
