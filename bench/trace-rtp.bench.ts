import type { Span } from '@/lib/bytes';
import { decodeRtcp, decodeRtp, encodeRtcp, encodeRtp } from '@/lib/protocols/rtp';
import { decodeSrtcp, decodeSrtp, decodeUseSrtp, encodeUseSrtp } from '@/lib/protocols/srtp';
import { medianOf, type BenchRow } from './rows';

const RUNS = 61;
const DECODES = 2000;

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

const decoders: Record<string, (trace?: Span[]) => unknown> = {
  'rtp packet': (trace) => decodeRtp(rtp, trace),
  'rtcp datagram': (trace) => decodeRtcp(rtcp, {}, trace),
  'srtp packet': (trace) => decodeSrtp(rtp, shape, trace),
  'srtcp packet': (trace) => decodeSrtcp(rtcp, shape, trace),
  'use_srtp extension': (trace) => decodeUseSrtp(useSrtp, trace),
};

/** Decoding with a sink against decoding without, in turn; what is decoded is the same. */
export default function measureTraces(): Promise<BenchRow[]> {
  const rows = Object.entries(decoders).map(([name, decode]): BenchRow => {
    const show = (value: unknown) =>
      JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
    const spans: Span[] = [];
    if (show(decode()) !== show(decode(spans)) || spans.length === 0)
      throw new Error(`${name}: the sink changes what is decoded, or gets nothing`);
    const time = (run: () => unknown) => {
      const startMs = performance.now();
      for (let i = 0; i < DECODES; i++) run();
      return performance.now() - startMs;
    };
    const [plain, traced]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      plain.push(time(() => decode()));
      traced.push(time(() => decode([])));
    }
    return {
      name: `${name} decoded with a trace sink, against without`,
      unit: '×',
      bar: 5,
      sense: 'at most',
      measured: medianOf(traced) / medianOf(plain),
    };
  });
  return Promise.resolve(rows);
}
