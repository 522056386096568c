import type { TraceSink } from '@/lib/bytes';
import { RtpError } from './errors';
import { decodeHeaderExtension } from './header-extension';
import { rtpHeaderOctets } from './header-octets';
import { FIXED_HEADER_OCTETS, type RtpHeader, type RtpPacket } from './packet';
import { traceCsrcs, traceFixedHeader, tracePayload } from './trace-packet';
import { uint32At } from './uint32';

/**
 * Octets of one RTP packet (RFC 3550 §5). Values that are octets are views of `bytes`. Spans are traced as they are read,
 * those before an error as well.
 * @throws RtpError RTP_PACKET_…, RTP_VERSION_WRONG, RTP_CSRC_PAST_END, RTP_EXTENSION_…, RTP_PADDING_WRONG
 */
export function decodeRtp(bytes: Uint8Array, trace?: TraceSink): RtpPacket {
  const { header, octets } = decodeRtpHeader(bytes, trace);
  const paddingOctets = (bytes[0]! & 0x20) === 0 ? 0 : paddingOf(bytes, octets);
  const payload = bytes.subarray(octets, bytes.length - paddingOctets);
  if (trace) tracePayload(trace, octets, payload.length, paddingOctets);
  return Object.assign(header, { payload, paddingOctets });
}

/**
 * The header alone, and how many octets it has; what follows may be encrypted, its padding as well (RFC 3711 §3.1).
 * @throws RtpError as `decodeRtp`, but for the padding
 */
export function decodeRtpHeader(bytes: Uint8Array, trace?: TraceSink): { header: RtpHeader; octets: number } {
  if (trace && bytes.length >= FIXED_HEADER_OCTETS) traceFixedHeader(trace, bytes);
  const octets = rtpHeaderOctets(bytes);
  const first = bytes[0]!;
  const second = bytes[1]!;
  const extensionAt = FIXED_HEADER_OCTETS + 4 * (first & 0x0f);
  const csrcs: number[] = [];
  for (let at = FIXED_HEADER_OCTETS; at < extensionAt; at += 4) csrcs.push(uint32At(bytes, at));
  if (trace) traceCsrcs(trace, csrcs);
  const header: RtpHeader = {
    marker: second > 0x7f,
    payloadType: second & 0x7f,
    sequenceNumber: (bytes[2]! << 8) | bytes[3]!,
    timestamp: uint32At(bytes, 4),
    ssrc: uint32At(bytes, 8),
    csrcs,
  };
  if ((first & 0x10) !== 0) header.extension = decodeHeaderExtension(bytes, extensionAt, octets, trace);
  return { header, octets };
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
