import type { Span } from '@/lib/bytes';
import { decodeRequests, encodeRequest } from '@/lib/protocols/http1';
import { QpackDecoder, QpackEncoder } from '@/lib/protocols/qpack';
import { decodeFrames, encodeFrames } from '@/lib/protocols/quic';
import { medianOf, type BenchRow } from './rows';

const RUNS = 15;
const DECODES = 2000;

const headers = [
  { name: 'Host', value: 'example.org' },
  { name: 'User-Agent', value: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' },
  { name: 'Accept', value: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' },
  { name: 'Accept-Language', value: 'en-GB,en;q=0.5' },
  { name: 'Cookie', value: 'id=31d4d96e407aad42; lang=en-GB' },
];
const request = encodeRequest(
  { method: 'POST', target: '/a/b?c=d', version: '1.1', headers },
  new Uint8Array(500),
);
const fields = headers.map(({ name, value }) => ({ name: name.toLowerCase(), value }));
const { section } = new QpackEncoder().encodeFieldSection(0, fields);
const payload = encodeFrames([
  { type: 'ack', delay: 20n, ranges: [{ smallest: 90n, largest: 100n }] },
  { type: 'stream', streamId: 4n, offset: 70_000n, fin: false, data: new Uint8Array(900) },
  { type: 'max-data', maximum: 1_000_000n },
]);

const decoders: Record<string, (trace?: Span[]) => unknown> = {
  'http1 request': (trace) => decodeRequests(request, {}, trace),
  'qpack section': (trace) => new QpackDecoder().decodeFieldSection(0, section, trace),
  'quic frames': (trace) => decodeFrames(payload, '1-rtt', trace),
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
