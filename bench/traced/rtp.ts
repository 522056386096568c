import { decodeRtcp, decodeRtp, encodeRtcp, encodeRtp } from '@/lib/protocols/rtp';
import { decodeSrtcp, decodeSrtp, decodeUseSrtp, encodeUseSrtp } from '@/lib/protocols/srtp';
import type { TracedRoom } from './decoder';

/** Audio as a browser sends it: two elements in the header, 120 octets of Opus. */
const rtp = encodeRtp({
  ...{ marker: false, payloadType: 111, sequenceNumber: 4711, timestamp: 960, ssrc: 0xdecafbad, csrcs: [] },
  extension: {
    form: 'one-byte',
    elements: [
      { id: 1, data: Uint8Array.of(0x85) },
      { id: 3, data: Uint8Array.of(0, 17) },
    ],
  },
  payload: new Uint8Array(120),
  paddingOctets: 0,
});
const block = {
  ...{ ssrc: 7, fractionLost: 3, cumulativeLost: 12, extendedHighestSequence: 70_000 },
  ...{ jitter: 40, lastSr: 0xb705_2000, delaySinceLastSr: 0x5_4000 },
};
const rtcp = encodeRtcp({
  packets: [
    {
      ...{ kind: 'sr', ssrc: 9, ntpTimestamp: 1n << 60n, rtpTimestamp: 5, packetCount: 6, octetCount: 700 },
      ...{ reports: [block], extension: new Uint8Array() },
    },
    { kind: 'sdes', chunks: [{ ssrc: 9, items: [{ type: 1, text: 'ceiNLmy6VHSE5Ja7' }] }] },
    { kind: 'nack', senderSsrc: 9, mediaSsrc: 7, entries: [{ pid: 5, blp: 0x8001 }] },
  ],
  paddingOctets: 0,
});
const shape = { isAead: false, tagOctets: 10, mkiOctets: 0 };
const useSrtp = encodeUseSrtp({ profiles: [8, 7, 1], mki: new Uint8Array() });

/** Sound and its reports, in the clear and protected. */
export const rtpCases = (): Record<'rtp' | 'srtp', TracedRoom> => ({
  rtp: {
    packet: (sink) => decodeRtp(rtp, sink),
    'RTCP datagram': (sink) => decodeRtcp(rtcp, {}, sink),
  },
  srtp: {
    packet: (sink) => decodeSrtp(rtp, shape, sink),
    'SRTCP packet': (sink) => decodeSrtcp(rtcp, shape, sink),
    use_srtp: (sink) => decodeUseSrtp(useSrtp, sink),
  },
});
