import { FieldTrace, toHex, type TraceSink } from '@/lib/bytes';
import { nameIn, RTCP_PACKET_TYPES } from '@/lib/protocols/rtp';
import { checkLength } from './decode-srtp';
import { SrtpError } from './errors';
import { SRTCP_CLEAR_OCTETS, SRTCP_WORD_OCTETS, type SrtcpPacket, type TrailerShape } from './packet';

/**
 * Takes a protected datagram of RTCP apart without a key (RFC 3711 §3.4; RFC 7714 §9 for AEAD). Values are views of `bytes`.
 * @throws SrtpError SRTP_HEADER_WRONG, SRTP_PACKET_TRUNCATED, SRTP_PACKET_TOO_LONG
 */
export function decodeSrtcp(bytes: Uint8Array, shape: TrailerShape, trace?: TraceSink): SrtcpPacket {
  checkLength(bytes);
  const { isAead, tagOctets, mkiOctets } = shape;
  const least = SRTCP_CLEAR_OCTETS + SRTCP_WORD_OCTETS + tagOctets + mkiOctets;
  if (bytes.length < least)
    throw new SrtpError('SRTP_PACKET_TRUNCATED', bytes.length, `${bytes.length} octets`, `at least ${least}`);
  checkRtcpHeader(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const encryptedEnd = bytes.length - least + SRTCP_CLEAR_OCTETS;
  const wordAt = encryptedEnd + (isAead ? tagOctets : 0);
  const mkiAt = wordAt + SRTCP_WORD_OCTETS;
  const tagAt = isAead ? encryptedEnd : mkiAt + mkiOctets;
  const word = view.getUint32(wordAt);
  const packet: SrtcpPacket = {
    clear: bytes.subarray(0, SRTCP_CLEAR_OCTETS),
    ssrc: view.getUint32(4),
    encrypted: bytes.subarray(SRTCP_CLEAR_OCTETS, encryptedEnd),
    isEncrypted: word >= 0x8000_0000,
    index: word & 0x7fff_ffff,
    tag: bytes.subarray(tagAt, tagAt + tagOctets),
    mki: bytes.subarray(mkiAt, mkiAt + mkiOctets),
  };
  if (trace) tracePacket(trace, packet, isAead);
  return packet;
}

/** Version 2 of RTCP. @throws SrtpError SRTP_HEADER_WRONG, SRTP_PACKET_TRUNCATED */
export function checkRtcpHeader(bytes: Uint8Array): void {
  if (bytes.length < SRTCP_CLEAR_OCTETS)
    throw new SrtpError('SRTP_PACKET_TRUNCATED', bytes.length, `${bytes.length} octets`, 'a header of 8');
  const version = bytes[0]! >>> 6;
  if (version !== 2) throw new SrtpError('SRTP_HEADER_WRONG', 0, `version ${version}`, 'version 2');
}

function tracePacket(sink: TraceSink, packet: SrtcpPacket, isAead: boolean): void {
  const { clear, encrypted, tag, mki, isEncrypted } = packet;
  const first = clear[0]!;
  const fields = new FieldTrace(sink, 'RFC 3550 §6.4.1')
    .field(2, 'V', first >>> 6, 'version')
    .field(1, 'P', (first >>> 5) & 1, 'padding at the end of this packet')
    .field(5, 'Count', first & 0x1f)
    .field(8, 'PT', nameIn(RTCP_PACKET_TYPES, clear[1]!), 'of the first packet')
    .field(16, 'Length', (clear[2]! << 8) | clear[3]!, 'words of 32 bits, less one')
    .field(32, 'SSRC of Sender', packet.ssrc);
  const ref = isAead ? 'RFC 7714 §9' : 'RFC 3711 §3.4';
  const portion = isEncrypted ? 'Encrypted Portion' : 'Plain Portion';
  fields.field(encrypted.length * 8, portion, `${encrypted.length} octets`, undefined, ref);
  if (isAead) fields.field(tag.length * 8, 'Authentication Tag', toHex(tag), 'of AES-GCM', ref);
  fields
    .field(1, 'E', isEncrypted ? 1 : 0, isEncrypted ? 'encrypted' : 'not encrypted', ref)
    .field(31, 'SRTCP Index', packet.index, undefined, ref)
    .field(mki.length * 8, 'MKI', toHex(mki), 'says which master key', ref);
  if (!isAead) fields.field(tag.length * 8, 'Authentication Tag', toHex(tag), 'of packet and index', ref);
}
