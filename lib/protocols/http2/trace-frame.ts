import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { sectionOf } from './frame-shape';
import { FRAME_HEADER_OCTETS, type FrameHeader, type Http2Frame, type StreamDependency } from './frame';
import { errorName, FLAGS, FLAGS_OF, settingName } from './registries';

/** Writes the spans of one frame, of `octets`: one around it, its header field by field, its payload by its type. */
export function traceFrame(
  sink: TraceSink,
  header: FrameHeader,
  frame: Http2Frame,
  octets: Uint8Array,
): void {
  const { offset, length, typeName, streamId } = header;
  const ref = sectionOf(typeName);
  const name = typeName ?? 'Unknown frame';
  sink.push({
    start: offset * 8,
    end: (offset + FRAME_HEADER_OCTETS + length) * 8,
    name,
    value: streamId === 0 ? 'the connection' : `stream ${streamId}`,
    ref,
  });
  // By hand: this is said of every frame.
  const at = offset * 8;
  sink.push({
    start: at,
    end: at + 24,
    name: 'Length',
    value: String(length),
    note: LENGTH_NOTE,
    ref: HEADER_REF,
  });
  if (typeName) sink.push({ start: at + 24, end: at + 32, name: 'Type', value: typeName, ref: HEADER_REF });
  else
    sink.push({
      start: at + 24,
      end: at + 32,
      name: 'Type',
      value: hex(header.type),
      note: 'to be ignored',
      ref: HEADER_REF,
    });
  sink.push({ start: at + 32, end: at + 40, name: 'Flags', value: flagNames(header), ref });
  sink.push({
    start: at + 40,
    end: at + 41,
    name: 'R',
    value: reservedBit(octets, 5),
    note: 'reserved',
    ref: HEADER_REF,
  });
  sink.push({
    start: at + 41,
    end: at + 72,
    name: 'Stream identifier',
    value: String(streamId),
    ref: HEADER_REF,
  });
  const payload = new FieldTrace(sink, ref, offset + FRAME_HEADER_OCTETS);
  tracePayload(payload, frame, octets);
}

const HEADER_REF = 'RFC 9113 §4.1';
const LENGTH_NOTE = 'octets after these nine';
const hex = (value: number) => `0x${value.toString(16)}`;

/** Names of flags by type and octet, put together once. */
const flagTexts = new Map<number, string>();

function flagNames({ type, typeName, flags }: FrameHeader): string {
  const key = type * 256 + flags;
  let text = flagTexts.get(key);
  if (text === undefined) {
    const set =
      typeName === undefined ? [] : FLAGS_OF[typeName].filter((name) => (flags & FLAGS[name]) !== 0);
    text = set.join(' ') || (flags === 0 ? 'none' : hex(flags));
    flagTexts.set(key, text);
  }
  return text;
}

function tracePayload(trace: FieldTrace, frame: Http2Frame, whole: Uint8Array): void {
  const length = whole.length - FRAME_HEADER_OCTETS;
  const padding = 'padding' in frame ? frame.padding : undefined;
  if (padding) trace.field(8, 'Pad Length', padding.length);
  switch (frame.type) {
    case 'DATA':
      trace.field(frame.data.length * 8, 'Data', octets(frame.data));
      break;
    case 'HEADERS':
      if (frame.priority) traceDependency(trace, frame.priority);
      traceFragment(trace, frame.fragment);
      break;
    case 'PRIORITY':
      traceDependency(trace, frame.priority);
      break;
    case 'RST_STREAM':
      trace.field(32, 'Error Code', errorName(frame.errorCode), undefined, 'RFC 9113 §7');
      break;
    case 'SETTINGS':
      for (const [id, value] of frame.settings)
        trace
          .field(16, 'Identifier', settingName(id), undefined, 'RFC 9113 §6.5.2')
          .field(32, 'Value', value);
      break;
    case 'PUSH_PROMISE':
      traceReserved(trace, whole, padding ? 1 : 0).field(31, 'Promised Stream ID', frame.promisedStreamId);
      traceFragment(trace, frame.fragment);
      break;
    case 'PING':
      trace.field(64, 'Opaque Data', '8 octets', frame.ack ? 'sent back' : 'to be sent back');
      break;
    case 'GOAWAY':
      traceReserved(trace, whole).field(31, 'Last-Stream-ID', frame.lastStreamId);
      trace.field(32, 'Error Code', errorName(frame.errorCode), undefined, 'RFC 9113 §7');
      trace.field(frame.debugData.length * 8, 'Additional Debug Data', octets(frame.debugData));
      break;
    case 'WINDOW_UPDATE':
      traceReserved(trace, whole).field(31, 'Window Size Increment', frame.increment);
      break;
    case 'CONTINUATION':
      traceFragment(trace, frame.fragment);
      break;
    case 'PRIORITY_UPDATE':
      traceReserved(trace, whole).field(31, 'Prioritized Stream ID', frame.prioritizedStreamId);
      trace.field((length - 4) * 8, 'Priority Field Value', frame.value);
      break;
    case 'UNKNOWN':
      trace.field(length * 8, 'Payload', octets(frame.payload));
      break;
  }
  if (padding) trace.field(padding.length * 8, 'Padding', octets(padding), 'zeros, to hide a length');
}

const octets = ({ length }: Uint8Array) => (length === 1 ? '1 octet' : `${length} octets`);

/** A bit that is to be passed over, whatever it says. */
const reservedBit = (octets: Uint8Array, at: number) => (octets[at]! >= 0x80 ? '1' : '0');

function traceReserved(trace: FieldTrace, whole: Uint8Array, at = 0): FieldTrace {
  return trace.field(1, 'R', reservedBit(whole, FRAME_HEADER_OCTETS + at), 'reserved');
}

function traceFragment(trace: FieldTrace, fragment: Uint8Array): void {
  trace.field(fragment.length * 8, 'Field Block Fragment', octets(fragment), 'HPACK');
}

function traceDependency(trace: FieldTrace, { exclusive, dependsOn, weight }: StreamDependency): void {
  trace.field(1, 'E', exclusive ? 1 : 0, 'exclusive; deprecated').field(31, 'Stream Dependency', dependsOn);
  trace.field(8, 'Weight', weight, 'one more than the octet says; deprecated');
}
