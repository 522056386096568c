import type { TraceSink } from '@/lib/bytes';
import { WebSocketError } from './errors';
import { DEFAULT_LIMIT } from './frame-reader';
import { FrameScanner, type Role } from './frame-scanner';
import { MessageAssembler, type MessageInflater, type WebSocketEvent } from './message-assembler';

/** Who reads, how large a message may be in octets, and whether messages may come compressed. */
export type MessageReaderOptions = {
  /** Who reads: 'client' reads what a server sends (unmasked), 'server' what a client sends (masked). */
  role: Role;
  /** The longest message, in octets, put together and inflated. Default 16 MiB. */
  maxMessage?: number | undefined;
  /** What was agreed on with permessage-deflate; without it a frame with RSV1 fails. */
  deflate?: MessageInflater | undefined;
};

/**
 * Octets to messages, cut anywhere (RFC 6455 §5, §8.1). Text is checked as it comes, so that a connection fails at the
 * first octet that cannot be UTF-8, in the middle of a frame if need be. After a Close nothing more is read.
 */
export class MessageReader {
  private readonly scanner: FrameScanner;
  private readonly assembler: MessageAssembler;
  private isClosed = false;
  private failure: WebSocketError | undefined;

  constructor({ role, maxMessage = DEFAULT_LIMIT, deflate }: MessageReaderOptions) {
    this.assembler = new MessageAssembler({ maxMessage, deflate });
    const rsv1 = deflate !== undefined;
    this.scanner = new FrameScanner({ role, maxPayload: maxMessage, rsv1 }, this.assembler);
  }

  /**
   * What these octets bring to an end; nothing if more are needed. Spans count from the reader's first octet.
   * @throws WebSocketError at the first octet that breaks a rule, with `events` of what came before; again at every
   *   call after that
   */
  push(chunk: Uint8Array, trace?: TraceSink): WebSocketEvent[] {
    if (this.failure) throw this.failure;
    if (this.isClosed) return [];
    try {
      this.scanner.push(chunk, trace);
    } catch (error) {
      if (!(error instanceof WebSocketError)) throw error;
      error.events = this.assembler.takeEvents();
      this.failure = error;
      throw error;
    }
    const events = this.assembler.takeEvents();
    this.isClosed = events.at(-1)?.type === 'close';
    return events;
  }
}
