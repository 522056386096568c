import { FieldTrace, toHex, type TraceSink } from '@/lib/bytes';
import { decodeRtpHeader, RtpError } from '@/lib/protocols/rtp';
import { SrtpError } from './errors';
import { MAX_PACKET_OCTETS, type SrtpPacket, type TrailerShape } from './packet';

/**
 * Takes a protected RTP packet apart without a key (RFC 3711 §3.1; RFC 7714 §8 for AEAD). Values are views of `bytes`.
 * @throws SrtpError SRTP_HEADER_WRONG, SRTP_PACKET_TRUNCATED, SRTP_PACKET_TOO_LONG
 */
export function decodeSrtp(bytes: Uint8Array, shape: TrailerShape, trace?: TraceSink): SrtpPacket {
  checkLength(bytes);
  const { header, octets } = readHeader(bytes, trace);
  const { isAead, tagOctets, mkiOctets } = shape;
  const encryptedEnd = bytes.length - tagOctets - mkiOctets;
  if (encryptedEnd < octets)
    throw new SrtpError(
      'SRTP_PACKET_TRUNCATED',
      octets,
      `${bytes.length - octets} octets`,
      `a tag of ${tagOctets}, an MKI of ${mkiOctets}`,
    );
  const tagAt = isAead ? encryptedEnd : encryptedEnd + mkiOctets;
  const mkiAt = isAead ? encryptedEnd + tagOctets : encryptedEnd;
  const packet: SrtpPacket = {
    clear: bytes.subarray(0, octets),
    ssrc: header.ssrc,
    sequenceNumber: header.sequenceNumber,
    encrypted: bytes.subarray(octets, encryptedEnd),
    tag: bytes.subarray(tagAt, tagAt + tagOctets),
    mki: bytes.subarray(mkiAt, mkiAt + mkiOctets),
  };
  if (trace) tracePacket(trace, packet, isAead);
  return packet;
}

function tracePacket(sink: TraceSink, { clear, encrypted, tag, mki }: SrtpPacket, isAead: boolean): void {
  const ref = isAead ? 'RFC 7714 §8' : 'RFC 3711 §3.1';
  const fields = new FieldTrace(sink, ref, clear.length);
  fields.field(
    encrypted.length * 8,
    'Encrypted Portion',
    `${encrypted.length} octets`,
    'payload and padding',
  );
  if (isAead) fields.field(tag.length * 8, 'Authentication Tag', toHex(tag), 'of AES-GCM');
  fields.field(mki.length * 8, 'MKI', toHex(mki), 'says which master key');
  if (!isAead) fields.field(tag.length * 8, 'Authentication Tag', toHex(tag), 'of packet and ROC');
}

/** @throws SrtpError SRTP_PACKET_TOO_LONG */
export function checkLength({ length }: Uint8Array): void {
  if (length > MAX_PACKET_OCTETS)
    throw new SrtpError('SRTP_PACKET_TOO_LONG', 0, `${length} octets`, `at most ${MAX_PACKET_OCTETS}`);
}

/** The header of RTP, with its faults told as this room's. */
export function readHeader(bytes: Uint8Array, trace?: TraceSink): ReturnType<typeof decodeRtpHeader> {
  try {
    return decodeRtpHeader(bytes, trace);
  } catch (error) {
    if (!(error instanceof RtpError)) throw error;
    throw new SrtpError('SRTP_HEADER_WRONG', error.offset, error.seen, error.expected);
  }
}
