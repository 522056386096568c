import { RtpError } from './errors';
import { SDES_ITEM_TYPES } from './registry';
import type { RtcpPacket } from './rtcp';

/**
 * What a datagram must hold that is not of reduced size (RFC 3550 §6.1, Appendix A.2): a report first, and the CNAME of a
 * source somewhere.
 * @throws RtpError RTP_RTCP_FIRST_NOT_REPORT, RTP_RTCP_CNAME_MISSING
 */
export function checkCompound(packets: readonly RtcpPacket[]): void {
  const kind = packets[0]?.kind;
  if (kind !== 'sr' && kind !== 'rr')
    throw new RtpError('RTP_RTCP_FIRST_NOT_REPORT', 1, kind ?? 'nothing', 'a sender or receiver report');
  const hasName = packets.some(
    (packet) =>
      packet.kind === 'sdes' &&
      packet.chunks.some(({ items }) => items.some(({ type }) => type === SDES_ITEM_TYPES.CNAME)),
  );
  if (!hasName)
    throw new RtpError(
      'RTP_RTCP_CNAME_MISSING',
      0,
      `${packets.length} packets without one`,
      'an SDES with a CNAME',
    );
}
