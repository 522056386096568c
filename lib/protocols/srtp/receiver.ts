import { joinOctets } from '@/lib/bytes';
import { type CryptoContext, streamOf } from './context';
import { decodeSrtcp } from './decode-srtcp';
import { decodeSrtp } from './decode-srtp';
import { SrtpError } from './errors';
import { numberOctets } from './octets';
import { PacketIndex } from './packet-index';
import { ReplayList } from './replay-list';

const E_FLAG = 2 ** 31;

/** Checks and opens what one side receives, any number of streams (RFC 3711 §3.3, §3.4). */
export class SrtpReceiver {
  private readonly context: CryptoContext;
  private readonly streams = new Map<number, { index: PacketIndex; received: ReplayList }>();
  private readonly control = new Map<number, ReplayList>();

  constructor(context: CryptoContext) {
    this.context = context;
  }

  /**
   * The RTP packet that was protected. Nothing is remembered of a packet that is refused.
   * @throws SrtpError SRTP_HEADER_WRONG, SRTP_PACKET_…, SRTP_MKI_UNKNOWN, SRTP_REPLAYED, SRTP_NOT_AUTHENTIC,
   *   SRTP_TOO_MANY_STREAMS
   */
  async unprotectRtp(bytes: Uint8Array): Promise<Uint8Array> {
    const { rtp, options } = this.context;
    const packet = decodeSrtp(bytes.slice(), this.context.shapeOf('rtp'));
    this.checkMki(packet.mki, bytes.length);
    const { clear, ssrc, sequenceNumber, tag } = packet;
    const known = this.streams.get(ssrc);
    const index = (known?.index ?? new PacketIndex(options.roc)).estimate(sequenceNumber);
    if (known && !known.received.isNew(index)) throw replayed(2, `sequence number ${sequenceNumber}`);
    const trailer = numberOctets(Math.floor(index / 0x10000), 4);
    const body = await rtp.open({ ssrc, index, clear, body: packet.encrypted, trailer, kind: 'rtp' }, tag);
    const stream = streamOf(this.streams, ssrc, () => ({
      index: new PacketIndex(options.roc),
      received: new ReplayList(options.replayWindow),
    }));
    // Asked again, as another copy may have been opened in the meantime.
    if (!stream.received.accept(index)) throw replayed(2, `sequence number ${sequenceNumber}`);
    stream.index.accept(index);
    return joinOctets([clear, body]);
  }

  /**
   * The datagram of RTCP that was protected, encrypted or not. Nothing is remembered of one that is refused.
   * @throws SrtpError as `unprotectRtp`
   */
  async unprotectRtcp(bytes: Uint8Array): Promise<Uint8Array> {
    const { rtcp, options } = this.context;
    const packet = decodeSrtcp(bytes.slice(), this.context.shapeOf('rtcp'));
    this.checkMki(packet.mki, bytes.length);
    const { ssrc, index, isEncrypted, tag } = packet;
    const wordAt = packet.clear.length + packet.encrypted.length;
    if (this.control.get(ssrc)?.isNew(index) === false) throw replayed(wordAt, `SRTCP index ${index}`);
    const trailer = numberOctets(index + (isEncrypted ? E_FLAG : 0), 4);
    const clear = isEncrypted ? packet.clear : joinOctets([packet.clear, packet.encrypted]);
    const body = isEncrypted ? packet.encrypted : new Uint8Array();
    const opened = await rtcp.open({ ssrc, index, clear, body, trailer, kind: 'rtcp' }, tag);
    const received = streamOf(this.control, ssrc, () => new ReplayList(options.replayWindow));
    if (!received.accept(index)) throw replayed(wordAt, `SRTCP index ${index}`);
    return joinOctets([clear, opened]);
  }

  private checkMki(mki: Uint8Array, packetOctets: number): void {
    const expected = this.context.mki;
    if (mki.every((octet, i) => octet === expected[i])) return;
    throw new SrtpError(
      'SRTP_MKI_UNKNOWN',
      packetOctets - mki.length,
      'another MKI',
      'that of this master key',
    );
  }
}

function replayed(offset: number, seen: string): SrtpError {
  return new SrtpError('SRTP_REPLAYED', offset, seen, 'one that has not come and is not too old');
}
