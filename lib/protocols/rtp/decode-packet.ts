import type { TraceSink } from '@/lib/bytes';
import { RtpError } from './errors';
import { decodeHeaderExtension } from './header-extension';
import { rtpHeaderOctets } from './header-octets';
import { FIXED_HEADER_OCTETS, type RtpPacket } from './packet';
import { traceCsrcs, traceFixedHeader, tracePayload } from './trace-packet';

/**
 * Octets of one RTP packet (RFC 3550 §5). Values that are octets are views of `bytes`. Spans are traced as they are read,
 * those before an error as well.
 * @throws RtpError RTP_PACKET_…, RTP_VERSION_WRONG, RTP_CSRC_PAST_END, RTP_EXTENSION_…, RTP_PADDING_WRONG
 */
export function decodeRtp(bytes: Uint8Array, trace?: TraceSink): RtpPacket {
  if (trace && bytes.length >= FIXED_HEADER_OCTETS) traceFixedHeader(trace, bytes);
  const payloadAt = rtpHeaderOctets(bytes);
  const first = bytes[0]!;
  const second = bytes[1]!;
  const extensionAt = FIXED_HEADER_OCTETS + 4 * (first & 0x0f);
  const csrcs: number[] = [];
  for (let at = FIXED_HEADER_OCTETS; at < extensionAt; at += 4) csrcs.push(uint32(bytes, at));
  if (trace) traceCsrcs(trace, csrcs);
  const hasExtension = (first & 0x10) !== 0;
  const extension = hasExtension ? decodeHeaderExtension(bytes, extensionAt, payloadAt, trace) : undefined;
  const paddingOctets = (first & 0x20) === 0 ? 0 : paddingOf(bytes, payloadAt);
  const payload = bytes.subarray(payloadAt, bytes.length - paddingOctets);
  if (trace) tracePayload(trace, payloadAt, payload.length, paddingOctets);
  const packet: RtpPacket = {
    marker: second > 0x7f,
    payloadType: second & 0x7f,
    sequenceNumber: (bytes[2]! << 8) | bytes[3]!,
    timestamp: uint32(bytes, 4),
    ssrc: uint32(bytes, 8),
    csrcs,
    payload,
    paddingOctets,
  };
  if (extension) packet.extension = extension;
  return packet;
}

/** The last octet says how many octets at the end are padding, itself included (RFC 3550 §5.1). */
function paddingOf(bytes: Uint8Array, payloadAt: number): number {
  const left = bytes.length - payloadAt;
  const octets = left === 0 ? 0 : bytes[bytes.length - 1]!;
  if (octets === 0 || octets > left)
    throw new RtpError(
      'RTP_PADDING_WRONG',
      bytes.length - Math.min(left, 1),
      left === 0 ? 'nothing behind the header' : `${octets} octets`,
      `1 to ${left}, as the P bit is set`,
    );
  return octets;
}

function uint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
