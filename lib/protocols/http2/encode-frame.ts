import { ByteWriter } from '@/lib/bytes';
import { FRAME_HEADER_OCTETS, LARGEST_MAX_FRAME_SIZE, type Http2Frame, type StreamDependency } from './frame';
import { FLAGS, FRAME_TYPES } from './registries';

/**
 * A frame as octets (RFC 9113 §4.1 and §6). It writes what it is given, also what a peer must refuse: an even stream
 * id from a client, a wrong setting; that is for who sends it to know.
 * @throws RangeError if a number does not fit its field or the payload is longer than 2^24 - 1 octets
 */
export function encodeFrame(frame: Http2Frame): Uint8Array {
  const payload = payloadOf(frame);
  if (payload.length > LARGEST_MAX_FRAME_SIZE)
    throw new RangeError(`${payload.length} octets do not fit in a frame`);
  const writer = new ByteWriter(FRAME_HEADER_OCTETS + payload.length);
  const type = frame.type === 'UNKNOWN' ? frame.typeCode : FRAME_TYPES[frame.type];
  return writer
    .bits(payload.length, 24)
    .uint8(type)
    .uint8(flagsOf(frame))
    .bits(0, 1)
    .bits(frame.streamId, 31)
    .write(payload)
    .finish();
}

function flagsOf(frame: Http2Frame): number {
  if (frame.type === 'UNKNOWN') return frame.flags;
  const set = (name: keyof typeof FLAGS, isSet: boolean) => (isSet ? FLAGS[name] : 0);
  return (
    set('END_STREAM', 'endStream' in frame && frame.endStream) |
    set('ACK', 'ack' in frame && frame.ack) |
    set('END_HEADERS', 'endHeaders' in frame && frame.endHeaders) |
    set('PADDED', 'padding' in frame) |
    set('PRIORITY', 'priority' in frame && frame.type === 'HEADERS')
  );
}

function payloadOf(frame: Http2Frame): Uint8Array {
  const writer = new ByteWriter();
  switch (frame.type) {
    case 'DATA':
      return padded(writer, frame.padding, () => writer.write(frame.data));
    case 'HEADERS':
      return padded(writer, frame.padding, () => {
        if (frame.priority) writeDependency(writer, frame.priority);
        writer.write(frame.fragment);
      });
    case 'PRIORITY':
      writeDependency(writer, frame.priority);
      break;
    case 'RST_STREAM':
      writer.uint32(frame.errorCode);
      break;
    case 'SETTINGS':
      for (const [id, value] of frame.settings) writer.uint16(id).uint32(value);
      break;
    case 'PUSH_PROMISE':
      return padded(writer, frame.padding, () =>
        writer.bits(0, 1).bits(frame.promisedStreamId, 31).write(frame.fragment),
      );
    case 'PING':
      writer.write(frame.opaqueData);
      break;
    case 'GOAWAY':
      writer.bits(0, 1).bits(frame.lastStreamId, 31).uint32(frame.errorCode).write(frame.debugData);
      break;
    case 'WINDOW_UPDATE':
      writer.bits(0, 1).bits(frame.increment, 31);
      break;
    case 'CONTINUATION':
      return frame.fragment;
    case 'PRIORITY_UPDATE':
      writer.bits(0, 1).bits(frame.prioritizedStreamId, 31).write(new TextEncoder().encode(frame.value));
      break;
    case 'UNKNOWN':
      return frame.payload;
  }
  return writer.finish();
}

/** Pad Length, what is padded, Padding (RFC 9113 §6.1). */
function padded(writer: ByteWriter, padding: Uint8Array | undefined, write: () => unknown): Uint8Array {
  if (padding) writer.uint8(padding.length);
  write();
  if (padding) writer.write(padding);
  return writer.finish();
}

function writeDependency(writer: ByteWriter, { exclusive, dependsOn, weight }: StreamDependency): void {
  writer
    .bits(exclusive ? 1 : 0, 1)
    .bits(dependsOn, 31)
    .uint8(weight - 1);
}
