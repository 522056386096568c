import type { TraceSink } from '@/lib/bytes';
import { FieldTrace } from '@/lib/bytes';
import type { DecodedSegment } from './segment';

/** The spans of the first 20 octets; options and data follow without a gap. */
export function traceFixedHeader(sink: TraceSink, segment: DecodedSegment): void {
  const { flags } = segment;
  const bit = (isSet: boolean): string => (isSet ? 'set' : 'not set');
  new FieldTrace(sink, 'RFC 9293 §3.1')
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
}

export function tracePayload(sink: TraceSink, { headerLength, payload }: DecodedSegment): void {
  new FieldTrace(sink, 'RFC 9293 §3.1', headerLength).field(
    payload.length * 8,
    'Data',
    `${payload.length} octets`,
  );
}

function checksumInWords({ checksum, checksumIsRight }: DecodedSegment): string {
  const hex = `0x${checksum.toString(16).padStart(4, '0')}`;
  if (checksumIsRight === undefined) return `${hex}, not verified`;
  return checksumIsRight ? `${hex}, right` : `${hex}, wrong`;
}
