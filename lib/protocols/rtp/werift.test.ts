import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  GenericNack,
  isRtcp as isRtcpToWerift,
  PictureLossIndication,
  RtcpPacketConverter,
  RtcpPayloadSpecificFeedback,
  RtcpReceiverInfo,
  RtcpRrPacket,
  RtcpSenderInfo,
  RtcpSourceDescriptionPacket,
  RtcpSrPacket,
  RtcpTransportLayerFeedback,
  RtpHeader,
  RtpPacket as WeriftPacket,
  SourceDescriptionChunk,
  SourceDescriptionItem,
} from 'werift';
import {
  decodeRtcp,
  decodeRtp,
  encodeRtcp,
  encodeRtp,
  isRtcp,
  nackOfSequences,
  type ReportBlock,
  type RtcpPacket,
  type RtpPacket,
  sequencesOfNack,
} from './index';
import { rtpPackets } from './packets.fixture';

/** werift knows no appbits, and takes an empty list of elements for no extension. */
const common = rtpPackets.filter(
  ({ extension }) =>
    extension === undefined ||
    (extension.form !== 'other' &&
      extension.elements.length > 0 &&
      (extension.form === 'one-byte' || extension.appBits === 0)),
);

function asWerift(packet: RtpPacket): Partial<RtpHeader> {
  const { marker, payloadType, sequenceNumber, timestamp, ssrc, csrcs, extension, paddingOctets } = packet;
  const elements = extension && 'elements' in extension ? extension.elements : [];
  return {
    ...{ marker, payloadType, sequenceNumber, timestamp, ssrc, csrc: csrcs },
    padding: paddingOctets > 0,
    paddingSize: paddingOctets,
    extension: extension !== undefined,
    extensionProfile: extension?.form === 'two-byte' ? 0x1000 : 0xbede,
    extensions: elements.map(({ id, data }) => ({ id, payload: Buffer.from(data) })),
  };
}

describe('werift and RTP', () => {
  test('it reads what was written here', () => {
    fc.assert(
      fc.property(common, (packet) => {
        const { header, payload } = WeriftPacket.deSerialize(Buffer.from(encodeRtp(packet)));
        expect(header).toMatchObject(asWerift(packet));
        expect(new Uint8Array(payload)).toEqual(packet.payload);
      }),
    );
  });

  test('what it writes is read here, and is the same octets', () => {
    fc.assert(
      fc.property(common, (packet) => {
        const header = new RtpHeader(asWerift(packet));
        const octets = new Uint8Array(new WeriftPacket(header, Buffer.from(packet.payload)).serialize());
        expect(decodeRtp(octets)).toEqual(packet);
        expect(encodeRtp(packet)).toEqual(octets);
      }),
    );
  });

  test('it tells RTCP from RTP as here, for the packet types that it knows', () => {
    for (let second = 0; second <= 208; second++) {
      const octets = Uint8Array.of(0x80, second, 0, 0);
      expect(isRtcp(octets)).toBe(isRtcpToWerift(Buffer.from(octets)));
    }
  });
});

const block: ReportBlock = {
  ...{ ssrc: 0x8000_0001, fractionLost: 200, cumulativeLost: 70_000, extendedHighestSequence: 0x2_ffff },
  ...{ jitter: 4000, lastSr: 0xb705_2000, delaySinceLastSr: 0x5_4000 },
};
const info = new RtcpReceiverInfo({
  ...{ ssrc: block.ssrc, fractionLost: 200, packetsLost: 70_000, highestSequence: 0x2_ffff },
  ...{ jitter: 4000, lsr: block.lastSr, dlsr: block.delaySinceLastSr },
});
const ntpTimestamp = (0xb44d_b705n << 32n) | 0x2000_0000n;
const counts = { rtpTimestamp: 0xffff_0000, packetCount: 5, octetCount: 800 };
const none = new Uint8Array();
/** Not over the end of the numbers, where werift counts on to 65536. */
const lost = [10, 15, 16, 26, 300];

/** The same packets in the words of either side. */
const pairs: Record<string, [ours: RtcpPacket, theirs: { serialize(): Buffer }]> = {
  SR: [
    { kind: 'sr', ssrc: 7, ntpTimestamp, ...counts, reports: [block, block], extension: none },
    new RtcpSrPacket({
      ssrc: 7,
      senderInfo: new RtcpSenderInfo({ ntpTimestamp, ...counts }),
      reports: [info, info],
    }),
  ],
  RR: [
    { kind: 'rr', ssrc: 7, reports: [block], extension: none },
    new RtcpRrPacket({ ssrc: 7, reports: [info] }),
  ],
  SDES: [
    { kind: 'sdes', chunks: [{ ssrc: 7, items: [{ type: 1, text: 'a@bcd' }] }] },
    new RtcpSourceDescriptionPacket({
      chunks: [
        new SourceDescriptionChunk({
          source: 7,
          items: [new SourceDescriptionItem({ type: 1, text: 'a@bcd' })],
        }),
      ],
    }),
  ],
  NACK: [
    { kind: 'nack', senderSsrc: 7, mediaSsrc: 8, entries: nackOfSequences(lost) },
    new RtcpTransportLayerFeedback({
      feedback: new GenericNack({ senderSsrc: 7, mediaSourceSsrc: 8, lost }),
    }),
  ],
  PLI: [
    { kind: 'pli', senderSsrc: 7, mediaSsrc: 8 },
    new RtcpPayloadSpecificFeedback({ feedback: new PictureLossIndication({ senderSsrc: 7, mediaSsrc: 8 }) }),
  ],
};

describe.each(Object.entries(pairs))('werift and RTCP: %s', (_, [ours, theirs]) => {
  test('what it writes is read here, and is the same octets', () => {
    const octets = new Uint8Array(theirs.serialize());
    expect(decodeRtcp(octets, { reducedSize: true }).packets).toEqual([ours]);
    expect(encodeRtcp({ packets: [ours], paddingOctets: 0 })).toEqual(octets);
  });

  test('it reads what was written here', () => {
    const [read] = RtcpPacketConverter.deSerialize(
      Buffer.from(encodeRtcp({ packets: [ours], paddingOctets: 0 })),
    );
    expect(new Uint8Array(read!.serialize())).toEqual(new Uint8Array(theirs.serialize()));
  });
});

test('werift and RTCP: full intra requests, which it does not write with their header', () => {
  const fir: RtcpPacket = { kind: 'fir', senderSsrc: 7, mediaSsrc: 0, entries: [{ ssrc: 9, sequence: 3 }] };
  const [read] = RtcpPacketConverter.deSerialize(
    Buffer.from(encodeRtcp({ packets: [fir], paddingOctets: 0 })),
  );
  expect(read).toMatchObject({
    feedback: { senderSsrc: 7, mediaSsrc: 0, fir: [{ ssrc: 9, sequenceNumber: 3 }] },
  });
});

test('werift reads a compound datagram of ours', () => {
  const packets = Object.values(pairs).map(([ours]) => ours);
  const read = RtcpPacketConverter.deSerialize(Buffer.from(encodeRtcp({ packets, paddingOctets: 0 })));
  expect(read.map(({ type }) => type)).toEqual([200, 201, 202, 205, 206]);
});

test('werift asks for the sequence numbers that entries stand for', () => {
  const entries = [{ pid: 65_500, blp: 0b1000_0000_0010_0001 }];
  const nack: RtcpPacket = { kind: 'nack', senderSsrc: 1, mediaSsrc: 2, entries };
  const [read] = RtcpPacketConverter.deSerialize(
    Buffer.from(encodeRtcp({ packets: [nack], paddingOctets: 0 })),
  );
  expect(read).toMatchObject({ feedback: { lost: sequencesOfNack(entries) } });
});
