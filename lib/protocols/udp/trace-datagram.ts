import type { TraceSink } from '@/lib/bytes';
import { FieldTrace } from '@/lib/bytes';
import type { DecodedDatagram } from './datagram';
import { UDP_HEADER_OCTETS } from './datagram';
import { portName } from './ports';

/** The spans of the four header fields. */
export function traceHeader(sink: TraceSink, datagram: DecodedDatagram): void {
  const { checksum, checksumIsRight } = datagram;
  const verdict = checksumIsRight === undefined ? undefined : checksumIsRight ? 'right' : 'wrong';
  new FieldTrace(sink, 'RFC 768')
    .field(16, 'Source Port', portName(datagram.sourcePort))
    .field(16, 'Destination Port', portName(datagram.destinationPort))
    .field(16, 'Length', `${datagram.length} octets`)
    .field(
      16,
      'Checksum',
      `0x${checksum.toString(16).padStart(4, '0')}`,
      checksum === 0 ? 'none was computed' : verdict,
      checksum === 0 ? 'RFC 768' : 'RFC 1071 §1',
    );
}

/** The spans of what follows the header. */
export function tracePayload(sink: TraceSink, datagram: DecodedDatagram): void {
  new FieldTrace(sink, 'RFC 768', UDP_HEADER_OCTETS)
    .field(datagram.payload.length * 8, 'Data', `${datagram.payload.length} octets`)
    .field(
      datagram.surplusOctets * 8,
      'Surplus',
      `${datagram.surplusOctets} octets`,
      undefined,
      'RFC 9868 §3',
    );
}
