import type { TraceSink } from '@/lib/bytes';
import { ByteWriter } from '@/lib/bytes';
import type { IpAddresses } from '@/lib/protocols/ip';
import { IP_PROTOCOLS, transportChecksum } from '@/lib/protocols/ip';
import { TcpError } from '../errors';
import { decodeSegment } from './decode-segment';
import { encodeOptions } from './encode-options';
import type { TcpSegment } from './segment';
import { FLAG_NAMES } from './segment';

/**
 * Segment to octets (RFC 9293 §3.1):
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |          Source Port          |       Destination Port        |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                        Sequence Number                        |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                    Acknowledgment Number                      |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |  Data |       |C|E|U|A|P|R|S|F|                               |
 *     | Offset| Rsrvd |W|C|R|C|S|S|Y|I|            Window             |
 *     |       |       |R|E|G|K|H|T|N|N|                               |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |           Checksum            |         Urgent Pointer        |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                           [Options]                           |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                             Data                              :
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 * Without `addresses` the checksum, which covers them, stays zero.
 * @throws TcpError TCP_FIELD_OUT_OF_RANGE, TCP_OPTIONS_TOO_LONG
 */
export function encodeSegment(segment: TcpSegment, addresses?: IpAddresses, trace?: TraceSink): Uint8Array {
  checkRanges(segment);
  const options = encodeOptions(segment.options);
  const writer = new ByteWriter(20 + options.length + segment.payload.length)
    .uint16(segment.sourcePort)
    .uint16(segment.destinationPort)
    .uint32(segment.sequenceNumber)
    .uint32(segment.acknowledgmentNumber)
    .bits((20 + options.length) / 4, 4)
    .bits(segment.reserved, 4);
  for (const name of FLAG_NAMES) writer.bits(segment.flags[name] ? 1 : 0, 1);
  const octets = writer
    .uint16(segment.window)
    .uint16(0)
    .uint16(segment.urgentPointer)
    .write(options)
    .write(segment.payload)
    .finish();

  if (addresses) {
    const checksum = transportChecksum(addresses, IP_PROTOCOLS.tcp, octets);
    octets[16] = checksum >>> 8;
    octets[17] = checksum & 0xff;
  }
  // What was written means exactly what a reader makes of it, so the reader's spans are the writer's.
  if (trace) decodeSegment(octets, { addresses }, trace);
  return octets;
}

function checkRanges(segment: TcpSegment): void {
  const fields = [
    ['source port', segment.sourcePort, 16, 0],
    ['destination port', segment.destinationPort, 16, 2],
    ['sequence number', segment.sequenceNumber, 32, 4],
    ['acknowledgment number', segment.acknowledgmentNumber, 32, 8],
    ['reserved', segment.reserved, 4, 12],
    ['window', segment.window, 16, 14],
    ['urgent pointer', segment.urgentPointer, 16, 18],
  ] as const;
  for (const [name, value, bits, offset] of fields) {
    if (Number.isInteger(value) && value >= 0 && value < 2 ** bits) continue;
    throw new TcpError('TCP_FIELD_OUT_OF_RANGE', offset, `${name} ${value}`, `0 to ${2 ** bits - 1}`);
  }
}
