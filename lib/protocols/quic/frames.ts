import type { PacketType } from './header';

/** Packet numbers from `smallest` to `largest`, both acknowledged. */
export type AckRange = { readonly smallest: bigint; readonly largest: bigint };

/** Streams for both directions, or for one. */
export type Direction = 'bidirectional' | 'unidirectional';

/** The frames of RFC 9000 §19. Varints are bigint; a run of PADDING is one frame. */
export type Frame =
  | { readonly type: 'padding'; readonly length: number }
  | { readonly type: 'ping' }
  | {
      readonly type: 'ack';
      /** From the largest down, never touching. */
      readonly ranges: readonly AckRange[];
      /** In units of 2^ack_delay_exponent microseconds. */
      readonly delay: bigint;
      readonly ecn?: { readonly ect0: bigint; readonly ect1: bigint; readonly ce: bigint };
    }
  | {
      readonly type: 'reset-stream';
      readonly streamId: bigint;
      readonly errorCode: bigint;
      readonly finalSize: bigint;
    }
  | { readonly type: 'stop-sending'; readonly streamId: bigint; readonly errorCode: bigint }
  | { readonly type: 'crypto'; readonly offset: bigint; readonly data: Uint8Array }
  | { readonly type: 'new-token'; readonly token: Uint8Array }
  | {
      readonly type: 'stream';
      readonly streamId: bigint;
      readonly offset: bigint;
      readonly fin: boolean;
      readonly data: Uint8Array;
      /** Without a length: it lasts to the end of the packet. */
      readonly extendsToEnd?: boolean;
    }
  | { readonly type: 'max-data'; readonly maximum: bigint }
  | { readonly type: 'max-stream-data'; readonly streamId: bigint; readonly maximum: bigint }
  | { readonly type: 'max-streams'; readonly direction: Direction; readonly maximum: bigint }
  | { readonly type: 'data-blocked'; readonly limit: bigint }
  | { readonly type: 'stream-data-blocked'; readonly streamId: bigint; readonly limit: bigint }
  | { readonly type: 'streams-blocked'; readonly direction: Direction; readonly limit: bigint }
  | {
      readonly type: 'new-connection-id';
      readonly sequence: bigint;
      readonly retirePriorTo: bigint;
      readonly connectionId: Uint8Array;
      readonly statelessResetToken: Uint8Array;
    }
  | { readonly type: 'retire-connection-id'; readonly sequence: bigint }
  | { readonly type: 'path-challenge'; readonly data: Uint8Array }
  | { readonly type: 'path-response'; readonly data: Uint8Array }
  | {
      readonly type: 'connection-close';
      readonly layer: 'transport' | 'application';
      readonly errorCode: bigint;
      /** Of the frame that was at fault; only from the transport. */
      readonly frameType?: bigint;
      /** UTF-8, and not to be relied on. */
      readonly reason: Uint8Array;
    }
  | { readonly type: 'handshake-done' };

/** A frame type as on the wire: name, section, and the packets that may carry it (RFC 9000 §12.4, Table 3). */
export type FrameType = {
  readonly code: number;
  readonly name: string;
  readonly ref: string;
  readonly packets: readonly PacketType[];
};

const ALL: readonly PacketType[] = ['initial', 'handshake', '0-rtt', '1-rtt'];
const NOT_EARLY: readonly PacketType[] = ['initial', 'handshake', '1-rtt'];
const DATA: readonly PacketType[] = ['0-rtt', '1-rtt'];
const LAST: readonly PacketType[] = ['1-rtt'];

/** All frame types, by code. */
export const FRAME_TYPES: ReadonlyMap<number, FrameType> = new Map(
  (
    [
      [0x00, 'PADDING', '§19.1', ALL],
      [0x01, 'PING', '§19.2', ALL],
      [0x02, 'ACK', '§19.3', NOT_EARLY],
      [0x03, 'ACK with ECN counts', '§19.3', NOT_EARLY],
      [0x04, 'RESET_STREAM', '§19.4', DATA],
      [0x05, 'STOP_SENDING', '§19.5', DATA],
      [0x06, 'CRYPTO', '§19.6', NOT_EARLY],
      [0x07, 'NEW_TOKEN', '§19.7', LAST],
      ...[0, 1, 2, 3, 4, 5, 6, 7].map((bits) => [0x08 + bits, 'STREAM', '§19.8', DATA] as const),
      [0x10, 'MAX_DATA', '§19.9', DATA],
      [0x11, 'MAX_STREAM_DATA', '§19.10', DATA],
      [0x12, 'MAX_STREAMS (bidirectional)', '§19.11', DATA],
      [0x13, 'MAX_STREAMS (unidirectional)', '§19.11', DATA],
      [0x14, 'DATA_BLOCKED', '§19.12', DATA],
      [0x15, 'STREAM_DATA_BLOCKED', '§19.13', DATA],
      [0x16, 'STREAMS_BLOCKED (bidirectional)', '§19.14', DATA],
      [0x17, 'STREAMS_BLOCKED (unidirectional)', '§19.14', DATA],
      [0x18, 'NEW_CONNECTION_ID', '§19.15', DATA],
      [0x19, 'RETIRE_CONNECTION_ID', '§19.16', DATA],
      [0x1a, 'PATH_CHALLENGE', '§19.17', DATA],
      [0x1b, 'PATH_RESPONSE', '§19.18', LAST],
      [0x1c, 'CONNECTION_CLOSE', '§19.19', ALL],
      [0x1d, 'CONNECTION_CLOSE (application)', '§19.19', DATA],
      [0x1e, 'HANDSHAKE_DONE', '§19.20', LAST],
    ] as const
  ).map(([code, name, section, packets]) => [code, { code, name, ref: `RFC 9000 ${section}`, packets }]),
);
