import type { Span } from '@/lib/bytes';
import {
  decodeAck,
  decodeDatagram,
  decodeFragments,
  decodeMessage,
  type DtlsClientHello,
  encodeAck,
  encodeFragment,
  encodeMessage,
  encodePlaintextRecord,
  encodeUnifiedHeader,
  fragmentMessage,
} from '@/lib/protocols/dtls';
import { encodeUseSrtp } from '@/lib/protocols/srtp';
import { medianOf, type BenchRow } from './rows';

const RUNS = 15;
const DECODES = 2000;

const join = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** What a browser that calls another says first. */
const hello: DtlsClientHello = {
  type: 'client_hello',
  version: 0xfefd,
  random: new Uint8Array(32).fill(7),
  sessionId: new Uint8Array(32),
  cookie: new Uint8Array(32),
  cipherSuites: [0x1301, 0x1302, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc009, 0xc013],
  compressionMethods: Uint8Array.of(0),
  extensions: [
    { type: 'supported_groups', groups: [0x1d, 0x17, 0x18] },
    { type: 'signature_algorithms', schemes: [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501] },
    { type: 'supported_versions', versions: [0xfefc, 0xfefd] },
    { type: 'key_share', entries: [{ group: 0x1d, keyExchange: new Uint8Array(32) }] },
    { type: 'unknown', number: 14, data: encodeUseSrtp({ profiles: [7, 8, 1], mki: new Uint8Array() }) },
  ],
};
const message = encodeMessage(hello, 0);
const fragments = fragmentMessage({ ...message, body: new Uint8Array(3000) }, 400).map(encodeFragment);
const records = fragments
  .slice(0, 3)
  .map((fragment, sequenceNumber) =>
    encodePlaintextRecord({ type: 22, version: 0xfefd, epoch: 0, sequenceNumber, fragment }),
  );
const unified = [1, 2, 3].flatMap((sequenceBits) => [
  encodeUnifiedHeader({
    connectionId: undefined,
    sequenceOctets: 2,
    sequenceBits,
    epochBits: 2,
    length: 300,
  }),
  new Uint8Array(300),
]);
const datagram = join([...records, ...unified]);
const handshake = join(fragments);
const ack = encodeAck(Array.from({ length: 12 }, (_, sequenceNumber) => ({ epoch: 2, sequenceNumber })));

const decoders: Record<string, (trace?: Span[]) => unknown> = {
  'dtls datagram': (trace) => decodeDatagram(datagram, {}, trace),
  'dtls fragments': (trace) => decodeFragments(handshake, trace),
  'dtls ClientHello': (trace) => decodeMessage(message, '1.3', trace),
  'dtls ACK': (trace) => decodeAck(ack, trace),
};

/** Decoding with a sink against decoding without, in turn; what is decoded is the same. */
export default function measureTraces(): Promise<BenchRow[]> {
  const rows = Object.entries(decoders).map(([name, decode]): BenchRow => {
    const spans: Span[] = [];
    if (JSON.stringify(decode()) !== JSON.stringify(decode(spans)) || spans.length === 0)
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
