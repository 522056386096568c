import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { FIXED_HEADER_OCTETS } from './packet';
import { payloadTypeNote } from './registry';
import { uint32At } from './uint32';

/** The twelve octets that every packet begins with. */
export function traceFixedHeader(sink: TraceSink, bytes: Uint8Array): void {
  const first = bytes[0]!;
  const second = bytes[1]!;
  new FieldTrace(sink, 'RFC 3550 §5.1')
    .field(2, 'V', first >>> 6, 'version')
    .field(1, 'P', (first >>> 5) & 1, 'padding at the end')
    .field(1, 'X', (first >>> 4) & 1, 'a header extension')
    .field(4, 'CC', first & 0x0f, 'CSRCs')
    .field(1, 'M', second >>> 7, 'marker')
    .field(7, 'PT', second & 0x7f, payloadTypeNote(second & 0x7f), 'RFC 3551 §6')
    .field(16, 'Sequence Number', (bytes[2]! << 8) | bytes[3]!)
    .field(32, 'Timestamp', uint32At(bytes, 4))
    .field(32, 'SSRC', uint32At(bytes, 8));
}

export function traceCsrcs(sink: TraceSink, csrcs: readonly number[]): void {
  if (csrcs.length === 0) return;
  const fields = new FieldTrace(sink, 'RFC 3550 §5.1', FIXED_HEADER_OCTETS);
  for (const csrc of csrcs) fields.field(32, 'CSRC', csrc);
}

export function tracePayload(sink: TraceSink, at: number, octets: number, paddingOctets: number): void {
  new FieldTrace(sink, 'RFC 3550 §5.1', at)
    .field(octets * 8, 'Payload', `${octets} octets`)
    .field(Math.max(0, paddingOctets - 1) * 8, 'Padding', `${paddingOctets - 1} octets`)
    .field(paddingOctets > 0 ? 8 : 0, 'Padding Count', paddingOctets, 'itself included');
}
