import { ByteReader } from '@/lib/bytes';
import { checkShape, sectionOf } from './frame-shape';
import { Http2Error } from './errors';
import { FRAME_HEADER_OCTETS, type FrameHeader, type Http2Frame, type StreamDependency } from './frame';
import { FLAGS } from './registries';
import { checkSetting } from './settings';

/**
 * The payload of a frame whose header was read, by its type (RFC 9113 §6). It checks what can be known from this frame
 * alone. Octets in the result share memory with `payload`.
 * @throws Http2Error
 */
export function decodePayload(header: FrameHeader, payload: Uint8Array): Http2Frame {
  const { typeName, flags, streamId } = header;
  checkShape(header);
  const has = (flag: number) => (flags & flag) !== 0;
  const reader = new ByteReader(payload);
  switch (typeName) {
    case 'DATA': {
      const { content, ...padding } = unpad(header, reader);
      return { type: 'DATA', streamId, endStream: has(FLAGS.END_STREAM), data: content, ...padding };
    }
    case 'HEADERS': {
      const { content, ...padding } = unpad(header, reader);
      const fields = new ByteReader(content);
      const priority = has(FLAGS.PRIORITY) ? { priority: readDependency(header, fields) } : {};
      return {
        type: 'HEADERS',
        streamId,
        endStream: has(FLAGS.END_STREAM),
        endHeaders: has(FLAGS.END_HEADERS),
        fragment: fields.take(fields.remaining),
        ...priority,
        ...padding,
      };
    }
    case 'PRIORITY':
      return { type: 'PRIORITY', streamId, priority: readDependency(header, reader) };
    case 'RST_STREAM':
      return { type: 'RST_STREAM', streamId, errorCode: reader.uint32() };
    case 'SETTINGS': {
      const settings: [number, number][] = [];
      while (reader.has(6)) {
        const offset = header.offset + FRAME_HEADER_OCTETS + reader.offset;
        const setting: [number, number] = [reader.uint16(), reader.uint32()];
        checkSetting(setting, offset);
        settings.push(setting);
      }
      return { type: 'SETTINGS', streamId: 0, ack: has(FLAGS.ACK), settings };
    }
    case 'PUSH_PROMISE': {
      const { content, ...padding } = unpad(header, reader);
      const fields = new ByteReader(content);
      assertRoom(header, fields, 4);
      const promisedStreamId = readStreamId(fields);
      if (promisedStreamId === 0 || promisedStreamId % 2 === 1)
        throw promisedWrongly(header, promisedStreamId);
      const fragment = fields.take(fields.remaining);
      return {
        type: 'PUSH_PROMISE',
        streamId,
        endHeaders: has(FLAGS.END_HEADERS),
        promisedStreamId,
        fragment,
        ...padding,
      };
    }
    case 'PING':
      return { type: 'PING', streamId: 0, ack: has(FLAGS.ACK), opaqueData: reader.take(8) };
    case 'GOAWAY':
      return {
        type: 'GOAWAY',
        streamId: 0,
        lastStreamId: readStreamId(reader),
        errorCode: reader.uint32(),
        debugData: reader.take(reader.remaining),
      };
    case 'WINDOW_UPDATE': {
      const increment = readStreamId(reader);
      if (increment === 0) throw zeroIncrement(header);
      return { type: 'WINDOW_UPDATE', streamId, increment };
    }
    case 'CONTINUATION':
      return { type: 'CONTINUATION', streamId, endHeaders: has(FLAGS.END_HEADERS), fragment: payload };
    case 'PRIORITY_UPDATE': {
      const prioritizedStreamId = readStreamId(reader);
      if (prioritizedStreamId === 0) throw prioritizedZero(header);
      const value = asciiOf(reader.take(reader.remaining));
      return { type: 'PRIORITY_UPDATE', streamId: 0, prioritizedStreamId, value };
    }
    case undefined:
      return { type: 'UNKNOWN', typeCode: header.type, flags, streamId, payload };
  }
}

/** One character an octet. */
function asciiOf(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += String.fromCharCode(octet);
  return text;
}

/** Passes over the reserved bit. */
function readStreamId(reader: ByteReader): number {
  reader.bits(1);
  return reader.bits(31);
}

/** Takes the Pad Length and the padding off (RFC 9113 §6.1). */
function unpad(header: FrameHeader, reader: ByteReader): { content: Uint8Array; padding?: Uint8Array } {
  if ((header.flags & FLAGS.PADDED) === 0) return { content: reader.take(reader.remaining) };
  const padLength = reader.uint8();
  if (padLength > reader.remaining) {
    throw new Http2Error({
      code: 'HTTP2_PADDING_TOO_LONG',
      errorName: 'PROTOCOL_ERROR',
      streamId: header.streamId,
      offset: header.offset + FRAME_HEADER_OCTETS,
      seen: `${padLength} octets of padding in a payload of ${header.length}`,
      expected: `at most ${reader.remaining}`,
      ref: 'RFC 9113 §6.1',
    });
  }
  const content = reader.take(reader.remaining - padLength);
  return { content, padding: reader.take(padLength) };
}

/** Padding may not take what the type puts before the fragment. */
function assertRoom(header: FrameHeader, reader: ByteReader, octets: number): void {
  if (reader.has(octets)) return;
  throw new Http2Error({
    code: 'HTTP2_PADDING_TOO_LONG',
    errorName: 'PROTOCOL_ERROR',
    streamId: header.streamId,
    offset: header.offset + FRAME_HEADER_OCTETS,
    seen: `padding that leaves ${reader.remaining} octets`,
    expected: `at least ${octets}`,
    ref: sectionOf(header.typeName),
  });
}

function readDependency(header: FrameHeader, reader: ByteReader): StreamDependency {
  assertRoom(header, reader, 5);
  const exclusive = reader.bits(1) === 1;
  const dependsOn = reader.bits(31);
  return { exclusive, dependsOn, weight: reader.uint8() + 1 };
}

function promisedWrongly({ offset, streamId }: FrameHeader, promised: number): Http2Error {
  return new Http2Error({
    code: 'HTTP2_STREAM_ID_WRONG',
    errorName: 'PROTOCOL_ERROR',
    streamId,
    offset: offset + FRAME_HEADER_OCTETS,
    seen: `promised stream ${promised}`,
    expected: 'an even id above 0: only servers push',
    ref: 'RFC 9113 §5.1.1, §6.6',
  });
}

function prioritizedZero({ offset }: FrameHeader): Http2Error {
  return new Http2Error({
    code: 'HTTP2_STREAM_ZERO',
    errorName: 'PROTOCOL_ERROR',
    offset: offset + FRAME_HEADER_OCTETS,
    seen: 'prioritized stream 0',
    expected: 'a stream',
    ref: 'RFC 9218 §7.1',
  });
}

function zeroIncrement({ offset, streamId }: FrameHeader): Http2Error {
  return new Http2Error({
    code: 'HTTP2_WINDOW_INCREMENT_ZERO',
    errorName: 'PROTOCOL_ERROR',
    scope: streamId === 0 ? 'connection' : 'stream',
    streamId,
    offset: offset + FRAME_HEADER_OCTETS,
    seen: 'an increment of 0',
    expected: '1 to 2147483647',
    ref: 'RFC 9113 §6.9',
  });
}
