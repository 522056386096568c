import type { TraceSink } from '@/lib/bytes';
import { checkCompound } from './compound';
import { decodeApp, decodeBye } from './decode-bye-app';
import { decodeFeedback } from './decode-feedback';
import { decodeReport } from './decode-report';
import { decodeSdes } from './decode-sdes';
import { RtpError } from './errors';
import { MAX_PACKET_OCTETS } from './packet';
import { RTCP_PACKET_TYPES } from './registry';
import { RTCP_HEADER_OCTETS, type RtcpDatagram, type RtcpPacket } from './rtcp';
import { RtcpBody } from './rtcp-body';
import { traceRtcpHeader } from './trace-rtcp';

/** How a datagram of RTCP is read. */
export type RtcpOptions = {
  /** Any packets in any order (RFC 5506); otherwise a report comes first and a CNAME is there (RFC 3550 §6.1). */
  reducedSize?: boolean;
};

/**
 * A datagram of RTCP packets (RFC 3550 §6.1, Appendix A.2). Values that are octets are views of `bytes`. Spans are traced
 * as they are read, those before an error as well.
 * @throws RtpError RTP_VERSION_WRONG, RTP_PADDING_WRONG, RTP_RTCP_…, RTP_SDES_…, RTP_TEXT_NOT_UTF8, RTP_APP_NAME_NOT_ASCII
 */
export function decodeRtcp(
  bytes: Uint8Array,
  { reducedSize = false }: RtcpOptions = {},
  trace?: TraceSink,
): RtcpDatagram {
  if (bytes.length > MAX_PACKET_OCTETS)
    throw new RtpError('RTP_RTCP_TOO_LONG', 0, `${bytes.length} octets`, `at most ${MAX_PACKET_OCTETS}`);
  if (bytes.length === 0) throw new RtpError('RTP_RTCP_TRUNCATED', 0, 'nothing', 'a header of 4');
  const datagram: RtcpDatagram = { packets: [], paddingOctets: 0 };
  for (let at = 0; at < bytes.length;) at = readPacket(bytes, at, datagram, trace);
  if (!reducedSize) checkCompound(datagram.packets);
  return datagram;
}

/** Reads the packet at `at` into `datagram`; answers where the next begins. */
function readPacket(bytes: Uint8Array, at: number, datagram: RtcpDatagram, trace?: TraceSink): number {
  const left = bytes.length - at;
  if (left < RTCP_HEADER_OCTETS)
    throw new RtpError('RTP_RTCP_TRUNCATED', at, `${left} octets`, 'a header of 4');
  const first = bytes[at]!;
  const type = bytes[at + 1]!;
  const octets = 4 + 4 * ((bytes[at + 2]! << 8) | bytes[at + 3]!);
  if (trace) traceRtcpHeader(trace, at, first, type, octets);
  if (first >>> 6 !== 2) throw new RtpError('RTP_VERSION_WRONG', at, `version ${first >>> 6}`, 'version 2');
  if (octets > left) throw new RtpError('RTP_RTCP_PAST_END', at + 2, `${octets} octets`, `at most ${left}`);
  const end = at + octets;
  const isLast = end === bytes.length;
  const paddingOctets = (first & 0x20) === 0 ? 0 : readPadding(bytes, at, end, isLast);
  const body = new RtcpBody(bytes, at, end - paddingOctets, trace);
  datagram.packets.push(decodeBody(body, type, first & 0x1f));
  body.finish(paddingOctets);
  if (isLast) datagram.paddingOctets = paddingOctets;
  return end;
}

/** Only the last packet may have padding, or the length of an encrypted datagram would be said twice (RFC 3550 §6.4.1). */
function readPadding(bytes: Uint8Array, at: number, end: number, isLast: boolean): number {
  if (!isLast) throw new RtpError('RTP_PADDING_WRONG', at, 'a P bit', 'one in the last packet only');
  const most = end - at - RTCP_HEADER_OCTETS;
  const octets = most === 0 ? 0 : bytes[end - 1]!;
  if (octets === 0 || octets > most || (octets & 3) !== 0)
    throw new RtpError(
      'RTP_PADDING_WRONG',
      end - 1,
      most === 0 ? 'nothing behind the header' : `${octets} octets`,
      `4 to ${most}, a multiple of 4`,
    );
  return octets;
}

function decodeBody(body: RtcpBody, type: number, count: number): RtcpPacket {
  switch (type) {
    case RTCP_PACKET_TYPES.SR:
    case RTCP_PACKET_TYPES.RR:
      return decodeReport(body, type === RTCP_PACKET_TYPES.SR, count);
    case RTCP_PACKET_TYPES.SDES:
      return decodeSdes(body, count);
    case RTCP_PACKET_TYPES.BYE:
      return decodeBye(body, count);
    case RTCP_PACKET_TYPES.APP:
      return decodeApp(body, count);
    case RTCP_PACKET_TYPES.RTPFB:
    case RTCP_PACKET_TYPES.PSFB:
      return decodeFeedback(body, type === RTCP_PACKET_TYPES.RTPFB, count);
    default:
      return { kind: 'unknown', type, count, body: body.rest('Body', 'RFC 3550 §6.1') };
  }
}
