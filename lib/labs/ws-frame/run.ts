import type { HexError, Span } from '@/lib/bytes';
import {
  headerLengthOf,
  MessageReader,
  WebSocketError,
  type WebSocketEvent,
} from '@/lib/protocols/websocket';
import type { MessageRef } from '@/lib/text/text';
import { composeOctets } from './compose';
import { fieldsOf, framesOf, restFields, type Field, type FrameFacts } from './fields';
import { maskingOf, type MaskedOctet } from './masking';
import type { WsFrameParams } from './params';
import { problemOf } from './problem';
import { readingOf, type ReadingStep } from './reading';

/** What a frame breaks: `closeCode` is that with which the reader fails the connection, none for what is no hex. */
export type FrameProblem = {
  code: string;
  offset: number;
  closeCode?: number;
  ref: string;
  text: MessageRef;
};

export type WsFrameResult = {
  octets: Uint8Array;
  /** What the bits mean, in order; of octets at fault those before the fault, and then what was not read. */
  fields: readonly Field[];
  frames: readonly FrameFacts[];
  /** What the reader took from it: messages, pings, the Close. */
  events: readonly WebSocketEvent[];
  problem: FrameProblem | undefined;
  /** Octets that the reader still waits for: at least so many. */
  missing: number;
  masking: readonly MaskedOctet[];
  /** Octets of a frame with this payload, from either end, in the shortest form. */
  sizes: { payload: number; client: number; server: number };
  /** The run in sentences, each with the fields that it speaks of. */
  reading: readonly ReadingStep[];
};

/** The octets as the other end reads them. Never throws. */
export function runWsFrame(params: WsFrameParams): WsFrameResult {
  const { octets, problem: noHex } = composeOctets(params);
  const { spans, events, error } = read(octets, params);
  const known = fieldsOf(spans, octets);
  const isClosed = events.at(-1)?.type === 'close';
  const fields = [...known, ...restFields(octets, known, { isClosed, hasFailed: error !== undefined })];
  const frames = framesOf(fields, octets);
  const payload = frames[0]?.length ?? 0;
  const fault: HexError | WebSocketError | undefined = noHex ?? error;
  const found = {
    octets,
    fields,
    frames,
    events,
    problem: fault && problemOf(fault, octets, frames),
    missing: fault || isClosed ? 0 : missingOf(frames, octets),
    masking: maskingOf(frames, octets),
    sizes: {
      payload,
      client: headerLengthOf(payload, true) + payload,
      server: headerLengthOf(payload, false) + payload,
    },
  };
  return { ...found, reading: readingOf(found, params) };
}

type Read = { spans: Span[]; events: readonly WebSocketEvent[]; error?: WebSocketError };

function read(octets: Uint8Array, { from }: WsFrameParams): Read {
  const spans: Span[] = [];
  const reader = new MessageReader({ role: from === 'client' ? 'server' : 'client' });
  try {
    return { spans, events: reader.push(octets, spans) };
  } catch (error) {
    if (!(error instanceof WebSocketError)) throw error;
    return { spans, events: error.events, error };
  }
}

/** Until the frame that has begun is whole; of one without a length yet, until there is one. */
function missingOf(frames: readonly FrameFacts[], octets: Uint8Array): number {
  const frame = frames.at(-1);
  if (!frame) return octets.length === 0 ? 2 : 0;
  if (frame.masked === undefined) return 1;
  if (frame.payloadStart === undefined) {
    const extended = frame.lengthBits === 7 ? 0 : (frame.lengthBits ?? 0) / 8;
    return frame.start + 2 + extended + (frame.masked ? 4 : 0) - octets.length;
  }
  return Math.max(0, frame.payloadStart + (frame.length ?? 0) - octets.length);
}
