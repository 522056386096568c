import { joinOctets } from '@/lib/bytes';
import { type CryptoContext, streamOf } from './context';
import { checkRtcpHeader } from './decode-srtcp';
import { checkLength, readHeader } from './decode-srtp';
import { SrtpError } from './errors';
import { numberOctets } from './octets';
import { SRTCP_CLEAR_OCTETS } from './packet';
import { PacketIndex } from './packet-index';
import { ReplayList } from './replay-list';

const SRTCP_INDICES = 2 ** 31;
const E_FLAG = 2 ** 31;

/** Protects what one side sends, any number of streams (RFC 3711 §3.3, §3.4). */
export class SrtpSender {
  private readonly context: CryptoContext;
  private readonly streams = new Map<number, { index: PacketIndex; used: ReplayList }>();
  private readonly controlIndices = new Map<number, { next: number }>();

  constructor(context: CryptoContext) {
    this.context = context;
  }

  /**
   * An RTP packet as SRTP. The same sequence number is not protected twice in one round: two texts under one nonce would
   * tell each other's content (RFC 7714 §8.1). What is to be sent again is sent as it was.
   * @throws SrtpError SRTP_HEADER_WRONG, SRTP_INDEX_REUSED, SRTP_TOO_MANY_STREAMS, SRTP_PACKET_TOO_LONG
   */
  async protectRtp(packet: Uint8Array): Promise<Uint8Array> {
    checkLength(packet);
    const { header, octets } = readHeader(packet);
    const { rtp, profile, mki } = this.context;
    const index = this.nextIndex(header.ssrc, header.sequenceNumber);
    const clear = packet.slice(0, octets);
    const { body, tag } = await rtp.seal({
      ssrc: header.ssrc,
      index,
      clear,
      body: packet.slice(octets),
      trailer: numberOctets(Math.floor(index / 0x10000), 4),
      kind: 'rtp',
    });
    return checked(
      profile.isAead ? joinOctets([clear, body, tag, mki]) : joinOctets([clear, body, mki, tag]),
    );
  }

  /**
   * A datagram of RTCP as SRTCP. `encrypt: false` leaves the text as it is and clears E; the tag is there all the same.
   * @throws SrtpError SRTP_HEADER_WRONG, SRTP_PACKET_TRUNCATED, SRTP_KEY_EXHAUSTED, SRTP_TOO_MANY_STREAMS,
   *   SRTP_PACKET_TOO_LONG
   */
  async protectRtcp(packet: Uint8Array, { encrypt = true } = {}): Promise<Uint8Array> {
    checkLength(packet);
    checkRtcpHeader(packet);
    const { rtcp, profile, mki } = this.context;
    const ssrc = new DataView(packet.buffer, packet.byteOffset).getUint32(4);
    const index = this.nextControlIndex(ssrc);
    const trailer = numberOctets(index + (encrypt ? E_FLAG : 0), 4);
    const clearEnd = encrypt ? SRTCP_CLEAR_OCTETS : packet.length;
    const clear = packet.slice(0, clearEnd);
    const unit = { ssrc, index, clear, body: packet.slice(clearEnd), trailer, kind: 'rtcp' } as const;
    const { body, tag } = await rtcp.seal(unit);
    return checked(
      profile.isAead
        ? joinOctets([clear, body, tag, trailer, mki])
        : joinOctets([clear, body, trailer, mki, tag]),
    );
  }

  private nextIndex(ssrc: number, sequenceNumber: number): number {
    const { roc, replayWindow } = this.context.options;
    const stream = streamOf(this.streams, ssrc, () => ({
      index: new PacketIndex(roc),
      used: new ReplayList(replayWindow),
    }));
    const index = stream.index.estimate(sequenceNumber);
    // Before the first round there is none, and behind the last one the key may not be used again (RFC 3711 §9.2).
    const isBeforeFirst = Math.floor(index / 0x10000) > stream.index.roc + 1;
    if (isBeforeFirst || !stream.used.accept(index))
      throw new SrtpError(
        'SRTP_INDEX_REUSED',
        2,
        `sequence number ${sequenceNumber}`,
        'one that was not used',
      );
    stream.index.accept(index);
    return index;
  }

  private nextControlIndex(ssrc: number): number {
    const stream = streamOf(this.controlIndices, ssrc, () => ({
      next: this.context.options.srtcpIndex ?? 0,
    }));
    if (stream.next >= SRTCP_INDICES)
      throw new SrtpError('SRTP_KEY_EXHAUSTED', 0, `datagram ${stream.next}`, 'another master key before it');
    return stream.next++;
  }
}

function checked(packet: Uint8Array): Uint8Array {
  checkLength(packet);
  return packet;
}
