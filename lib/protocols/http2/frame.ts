import type { FrameTypeName } from './registries';

/** Octets of a frame's header (RFC 9113 §4.1). */
export const FRAME_HEADER_OCTETS = 9;
/** The largest payload that an endpoint must take (§4.2), and the largest that it may announce. */
export const DEFAULT_MAX_FRAME_SIZE = 16_384;
export const LARGEST_MAX_FRAME_SIZE = 16_777_215;
/** Stream ids and windows have 31 bits. */
export const MAX_31_BITS = 0x7fff_ffff;

/** RFC 7540 §5.3, deprecated by RFC 9113 §5.3.2: still on the wire, and without effect. `weight`: 1 to 256. */
export type StreamDependency = { exclusive: boolean; dependsOn: number; weight: number };

/**
 * A frame, as it was sent. `padding` is there when the PADDED flag is, and may be empty; its octets ought to be zero.
 * `SETTINGS` keeps order and repetition. Flags that a type does not define, and the reserved bit, are not kept.
 */
export type Http2Frame =
  | { type: 'DATA'; streamId: number; endStream: boolean; data: Uint8Array; padding?: Uint8Array }
  | {
      type: 'HEADERS';
      streamId: number;
      endStream: boolean;
      endHeaders: boolean;
      fragment: Uint8Array;
      priority?: StreamDependency;
      padding?: Uint8Array;
    }
  | { type: 'PRIORITY'; streamId: number; priority: StreamDependency }
  | { type: 'RST_STREAM'; streamId: number; errorCode: number }
  | {
      type: 'SETTINGS';
      streamId: 0;
      ack: boolean;
      settings: readonly (readonly [id: number, value: number])[];
    }
  | {
      type: 'PUSH_PROMISE';
      streamId: number;
      endHeaders: boolean;
      promisedStreamId: number;
      fragment: Uint8Array;
      padding?: Uint8Array;
    }
  | { type: 'PING'; streamId: 0; ack: boolean; opaqueData: Uint8Array }
  | { type: 'GOAWAY'; streamId: 0; lastStreamId: number; errorCode: number; debugData: Uint8Array }
  | { type: 'WINDOW_UPDATE'; streamId: number; increment: number }
  | { type: 'CONTINUATION'; streamId: number; endHeaders: boolean; fragment: Uint8Array }
  /** RFC 9218 §7.1; `value` is a Priority field value in ASCII. */
  | { type: 'PRIORITY_UPDATE'; streamId: 0; prioritizedStreamId: number; value: string }
  | { type: 'UNKNOWN'; typeCode: number; flags: number; streamId: number; payload: Uint8Array };

/** The first nine octets, read. */
export type FrameHeader = {
  length: number;
  type: number;
  typeName: FrameTypeName | undefined;
  flags: number;
  streamId: number;
  /** Where the frame starts, from the first octet that was read. */
  offset: number;
};
