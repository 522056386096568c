import type { TraceSink } from '@/lib/bytes';
import { FieldTrace } from '@/lib/bytes';
import type { PlacedOption } from './decode-options';
import type { DecodedSegment } from './segment';
import { traceOption } from './trace-options';

/** The spans of a segment, without a gap from its first bit to its last. */
export function traceSegment(
  sink: TraceSink,
  segment: DecodedSegment,
  options: readonly PlacedOption[],
): void {
  const { flags } = segment;
  const bit = (isSet: boolean): string => (isSet ? 'set' : 'not set');
  const fields = new FieldTrace(sink, 'RFC 9293 §3.1')
    .field(16, 'Source Port', segment.sourcePort)
    .field(16, 'Destination Port', segment.destinationPort)
    .field(32, 'Sequence Number', segment.sequenceNumber)
    .field(
      32,
      'Acknowledgment Number',
      flags.ack ? segment.acknowledgmentNumber : 'means nothing without ACK',
    )
    .field(4, 'Data Offset', `${segment.headerLength / 4} words = ${segment.headerLength} octets`)
    .field(4, 'Reserved', segment.reserved)
    .field(1, 'CWR', bit(flags.cwr), 'congestion window reduced', 'RFC 3168 §6.1')
    .field(1, 'ECE', bit(flags.ece), 'ECN echo', 'RFC 3168 §6.1')
    .field(1, 'URG', bit(flags.urg), 'the urgent pointer counts')
    .field(1, 'ACK', bit(flags.ack), 'the acknowledgment number counts')
    .field(1, 'PSH', bit(flags.psh), 'hand it to the application')
    .field(1, 'RST', bit(flags.rst), 'reset the connection')
    .field(1, 'SYN', bit(flags.syn), 'synchronize sequence numbers')
    .field(1, 'FIN', bit(flags.fin), 'the sender has no more data')
    .field(16, 'Window', `${segment.window}`, 'before scaling')
    .field(16, 'Checksum', checksumInWords(segment))
    .field(16, 'Urgent Pointer', flags.urg ? segment.urgentPointer : 'means nothing without URG');

  for (const placed of options) traceOption(fields, placed);
  const optionsEnd = options.at(-1)?.end ?? 20;
  fields
    .field((segment.headerLength - optionsEnd) * 8, 'Padding', `${segment.headerLength - optionsEnd} octets`)
    .field(segment.payload.length * 8, 'Data', `${segment.payload.length} octets`);
}

function checksumInWords({ checksum, checksumIsRight }: DecodedSegment): string {
  const hex = `0x${checksum.toString(16).padStart(4, '0')}`;
  if (checksumIsRight === undefined) return `${hex}, not verified`;
  return checksumIsRight ? `${hex}, right` : `${hex}, wrong`;
}
