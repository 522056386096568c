import { RtpError } from './errors';
import { FIXED_HEADER_OCTETS, MAX_PACKET_OCTETS } from './packet';

/**
 * Where the payload begins: octets of the fixed header, the CSRC list and the header extension. SRTP leaves these in the
 * clear (RFC 3711 §3.1).
 * @throws RtpError RTP_PACKET_TRUNCATED, RTP_PACKET_TOO_LONG, RTP_VERSION_WRONG, RTP_CSRC_PAST_END, RTP_EXTENSION_PAST_END
 */
export function rtpHeaderOctets(bytes: Uint8Array): number {
  const { length } = bytes;
  if (length < FIXED_HEADER_OCTETS)
    throw new RtpError('RTP_PACKET_TRUNCATED', length, `${length} octets`, 'a header of 12');
  if (length > MAX_PACKET_OCTETS)
    throw new RtpError('RTP_PACKET_TOO_LONG', 0, `${length} octets`, `at most ${MAX_PACKET_OCTETS}`);
  const first = bytes[0]!;
  if (first >>> 6 !== 2) throw new RtpError('RTP_VERSION_WRONG', 0, `version ${first >>> 6}`, 'version 2');
  const csrcCount = first & 0x0f;
  const extensionAt = FIXED_HEADER_OCTETS + 4 * csrcCount;
  if (extensionAt > length)
    throw new RtpError(
      'RTP_CSRC_PAST_END',
      0,
      `${csrcCount} CSRCs`,
      `${length - FIXED_HEADER_OCTETS} octets`,
    );
  if ((first & 0x10) === 0) return extensionAt;
  const left = length - extensionAt - 4;
  if (left < 0)
    throw new RtpError(
      'RTP_EXTENSION_PAST_END',
      extensionAt,
      `${left + 4} octets`,
      'an extension header of 4',
    );
  const words = (bytes[extensionAt + 2]! << 8) | bytes[extensionAt + 3]!;
  if (4 * words > left)
    throw new RtpError('RTP_EXTENSION_PAST_END', extensionAt + 2, `${4 * words} octets`, `at most ${left}`);
  return extensionAt + 4 + 4 * words;
}
