import { ByteWriter } from '@/lib/bytes';
import { encodeBody } from './encode-rtcp-body';
import { fieldOutOfRange, RtpError } from './errors';
import { MAX_PACKET_OCTETS } from './packet';
import { PSFB_FORMATS, RTCP_PACKET_TYPES, RTPFB_FORMATS } from './registry';
import { RTCP_HEADER_OCTETS, type RtcpDatagram, type RtcpPacket } from './rtcp';

/**
 * RTCP packets to one datagram (RFC 3550 §6.1). Which packets and in what order is not looked at: `checkCompound` says
 * whether they are more than a datagram of reduced size.
 * @throws RtpError RTP_FIELD_OUT_OF_RANGE: a number, a count, a text or a padding that its field does not hold;
 *   RTP_RTCP_TOO_LONG
 */
export function encodeRtcp({ packets, paddingOctets }: RtcpDatagram): Uint8Array {
  const writer = new ByteWriter(256);
  try {
    packets.forEach((packet, index) => {
      encodePacket(writer, packet, index === packets.length - 1 ? paddingOctets : 0);
    });
  } catch (error) {
    throw fieldOutOfRange(error, writer.length);
  }
  if (writer.length > MAX_PACKET_OCTETS)
    throw new RtpError('RTP_RTCP_TOO_LONG', 0, `${writer.length} octets`, `at most ${MAX_PACKET_OCTETS}`);
  return writer.finish();
}

function encodePacket(writer: ByteWriter, packet: RtcpPacket, paddingOctets: number): void {
  const body = new ByteWriter();
  encodeBody(body, packet);
  if (paddingOctets !== 0) {
    if (paddingOctets < 4 || (paddingOctets & 3) !== 0)
      throw new RangeError(`padding of ${paddingOctets} octets`);
    body.write(new Uint8Array(paddingOctets - 1)).uint8(paddingOctets);
  }
  if ((body.length & 3) !== 0) throw new RangeError(`a packet of ${RTCP_HEADER_OCTETS + body.length} octets`);
  const [type, count] = typeAndCount(packet);
  writer.bits(2, 2).bits(paddingOctets > 0 ? 1 : 0, 1);
  writer.bits(count, 5).uint8(type);
  writer.uint16(body.length / 4).write(body.finish());
}

function typeAndCount(packet: RtcpPacket): [type: number, count: number] {
  switch (packet.kind) {
    case 'sr':
      return [RTCP_PACKET_TYPES.SR, packet.reports.length];
    case 'rr':
      return [RTCP_PACKET_TYPES.RR, packet.reports.length];
    case 'sdes':
      return [RTCP_PACKET_TYPES.SDES, packet.chunks.length];
    case 'bye':
      return [RTCP_PACKET_TYPES.BYE, packet.sources.length];
    case 'app':
      return [RTCP_PACKET_TYPES.APP, packet.subtype];
    case 'nack':
      return [RTCP_PACKET_TYPES.RTPFB, RTPFB_FORMATS['Generic NACK']];
    case 'pli':
      return [RTCP_PACKET_TYPES.PSFB, PSFB_FORMATS.PLI];
    case 'fir':
      return [RTCP_PACKET_TYPES.PSFB, PSFB_FORMATS.FIR];
    case 'rtpfb':
      return [RTCP_PACKET_TYPES.RTPFB, packet.format];
    case 'psfb':
      return [RTCP_PACKET_TYPES.PSFB, packet.format];
    case 'unknown':
      return [packet.type, packet.count];
  }
}
