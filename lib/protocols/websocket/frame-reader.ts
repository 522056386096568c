import type { TraceSink } from '@/lib/bytes';
import { WebSocketError } from './errors';
import type { Frame } from './frame';
import { FrameScanner, type FrameHeader, type Role } from './frame-scanner';
import { newOctets } from './octet-slab';
import { PayloadBuffer } from './payload-buffer';
import { tracePayload } from './trace-frame';

/** 16 MiB: the longest payload and the longest message that are read unless told otherwise. */
export const DEFAULT_LIMIT = 16 * 1024 * 1024;

/** Who reads, and how much: a server reads masked frames, a client unmasked ones (RFC 6455 §5.1). */
export type FrameReaderOptions = {
  /** Who reads. A server refuses frames without a mask, a client those with one; without a role both are taken. */
  role?: Role | undefined;
  /** The longest payload, in octets; the header alone decides. Default 16 MiB. */
  maxPayload?: number | undefined;
  /** Whether an extension was agreed on that uses RSV1, such as permessage-deflate. */
  rsv1?: boolean | undefined;
};

/**
 * Octets to frames, cut anywhere (RFC 6455 §5.2). It knows what a single frame can break; what frames mean for each
 * other, and what is in them, is the MessageReader's. Spans count from the first octet that the reader was given.
 */
export class FrameReader {
  private readonly scanner: FrameScanner;
  private frames: Frame[] = [];
  private failure: WebSocketError | undefined;

  constructor({ role, maxPayload = DEFAULT_LIMIT, rsv1 = false }: FrameReaderOptions = {}) {
    const payload = new PayloadBuffer();
    this.scanner = new FrameScanner(
      { role, maxPayload, rsv1 },
      {
        header: () => undefined,
        payload: (header, chunk, from, to, done) => {
          payload.append(header, chunk, from, to, done);
        },
        end: (header, trace) => {
          const frame = frameOf(header, payload.take());
          this.frames.push(frame);
          if (trace) tracePayload(trace, frame.opcode, frame.payload, header.offset + header.headerLength);
          return true;
        },
      },
    );
  }

  /**
   * The frames that these octets make whole, their payloads unmasked; none if more octets are needed.
   * @throws WebSocketError at the first octet that breaks a rule; again at every call after that
   */
  push(chunk: Uint8Array, trace?: TraceSink): Frame[] {
    if (this.failure) throw this.failure;
    try {
      this.scanner.push(chunk, trace);
    } catch (error) {
      if (!(error instanceof WebSocketError)) throw error;
      error.frames = this.frames;
      this.failure = error;
      throw error;
    }
    const { frames } = this;
    this.frames = [];
    return frames;
  }
}

function frameOf({ fin, rsv1, rsv2, rsv3, opcode, key }: FrameHeader, payload: Uint8Array): Frame {
  return { fin, rsv1, rsv2, rsv3, opcode, mask: key && copyOf(key), payload };
}

function copyOf(key: Uint8Array): Uint8Array {
  const copy = newOctets(4);
  for (let i = 0; i < 4; i++) copy[i] = key[i]!;
  return copy;
}
