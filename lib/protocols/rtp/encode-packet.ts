import { ByteWriter } from '@/lib/bytes';
import { fieldOutOfRange, RtpError } from './errors';
import { encodeHeaderExtension } from './header-extension';
import { MAX_PACKET_OCTETS, type RtpPacket } from './packet';

/**
 * An RTP packet to octets (RFC 3550 §5).
 * @throws RtpError RTP_FIELD_OUT_OF_RANGE: a number that its field does not hold; RTP_PACKET_TOO_LONG
 */
export function encodeRtp(packet: RtpPacket): Uint8Array {
  const { extension, csrcs, payload, paddingOctets } = packet;
  const writer = new ByteWriter(64 + payload.length);
  try {
    writer.bits(2, 2).bits(paddingOctets > 0 ? 1 : 0, 1);
    writer.bits(extension ? 1 : 0, 1).bits(csrcs.length, 4);
    writer.bits(packet.marker ? 1 : 0, 1).bits(packet.payloadType, 7);
    writer.uint16(packet.sequenceNumber).uint32(packet.timestamp).uint32(packet.ssrc);
    for (const csrc of csrcs) writer.uint32(csrc);
    if (extension) encodeHeaderExtension(writer, extension);
    writer.write(payload);
    if (paddingOctets !== 0)
      writer.write(new Uint8Array(Math.max(0, paddingOctets - 1))).uint8(paddingOctets);
  } catch (error) {
    throw fieldOutOfRange(error, writer.length);
  }
  if (writer.length > MAX_PACKET_OCTETS)
    throw new RtpError('RTP_PACKET_TOO_LONG', 0, `${writer.length} octets`, `at most ${MAX_PACKET_OCTETS}`);
  return writer.finish();
}
