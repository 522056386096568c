import { HpackEncoder } from '@/lib/protocols/hpack';
import { encodeFrame, Http2FrameReader, type Http2Frame } from '@/lib/protocols/http2';
import { medianOf, type BenchRow } from './rows';

const ROUNDS = 31;

/** A page's worth of requests: small frames, as a client sends them. */
const requests: Http2Frame[] = Array.from({ length: 2_000 }, (_, i) => ({
  type: 'HEADERS',
  streamId: 2 * i + 1,
  endStream: true,
  endHeaders: true,
  fragment: new HpackEncoder().encode([
    { name: ':method', value: 'GET' },
    { name: ':path', value: `/asset-${i}.js` },
  ]),
}));
/** A download: DATA of the default size. */
const download: Http2Frame[] = Array.from({ length: 200 }, () => ({
  type: 'DATA',
  streamId: 1,
  endStream: false,
  data: new Uint8Array(16_384),
}));

function millisecondsOf(act: () => void): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

/** Frames read in chunks as sockets give them, with a trace and without. */
export default function bench(): BenchRow[] {
  return Object.entries({ requests, download }).map(([name, frames]) => {
    const wire = Buffer.concat(frames.map(encodeFrame));
    const read = (trace: boolean) => () => {
      const reader = new Http2FrameReader();
      let count = 0;
      for (let at = 0; at < wire.length; at += 65_536) {
        count += reader.push(wire.subarray(at, at + 65_536), trace ? [] : undefined).length;
      }
      if (count !== frames.length) throw new Error(`read ${count} of ${frames.length} frames`);
    };
    const [plain, traced] = [read(false), read(true)];
    for (let i = 0; i < 5; i++) [plain, traced].forEach((act) => act());
    const rounds = Array.from(
      { length: ROUNDS },
      () => [millisecondsOf(plain), millisecondsOf(traced)] as const,
    );
    const plainMs = medianOf(rounds.map(([ms]) => ms));
    const tracedMs = medianOf(rounds.map(([, ms]) => ms));
    console.log(`   ${name}: ${plainMs.toFixed(2)} ms, traced ${tracedMs.toFixed(2)} ms`);
    return {
      name: `HTTP/2 frames traced, ${name}`,
      unit: '× untraced',
      bar: 5,
      sense: 'at most',
      measured: tracedMs / plainMs,
    };
  });
}
