import { expect, test } from 'vitest';
import { createRandom } from '@/lib/sim';
import type { Span } from '@/lib/bytes';
import { EventStreamParser, SseError, writeEvent } from './index';

const RUNS = Number(process.env.FUZZ_RUNS ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const MAX_BUFFER_LENGTH = 64;

const whole = new TextEncoder().encode(
  `\ufeff: hi\n${writeEvent({ retryMs: 5, lastEventId: 'é1', type: 'tick', data: 'a\nb' })}data:x\r\n\r\nid\rdata\r\r`,
);
const telling = new TextEncoder().encode('\r\n\n: dataeventidretry09\0');

test(`${RUNS} random and mutated streams from seed ${SEED}: no error but a coded one, no buffer above its limit`, () => {
  const random = createRandom(SEED);
  const below = (n: number) => random.integer(0, n - 1);
  const octet = () => (below(3) > 0 ? (telling[below(telling.length)] ?? 0) : below(256));
  let stopped = 0;
  for (let run = 0; run < RUNS; run++) {
    const octets = below(2) ? whole.slice(below(3)) : Uint8Array.from({ length: below(60) }, octet);
    for (let n = below(5); n > 0; n--) octets[below(octets.length || 1)] = octet();
    const parser = new EventStreamParser({ maxBufferLength: MAX_BUFFER_LENGTH });
    const trace: Span[] | undefined = below(4) ? undefined : [];
    try {
      for (let start = 0; start < octets.length;) {
        const end = start + 1 + below(12);
        for (const { type, data, lastEventId } of parser.push(octets.subarray(start, end), trace)) {
          if (/[\r\n]/.test(type + lastEventId) || data.includes('\r'))
            throw new Error('a line end in a field');
        }
        const { line, dataBuffer } = parser.state;
        if (Math.max(line.length, dataBuffer.length - 1) > MAX_BUFFER_LENGTH)
          throw new Error('too much held');
        start = end;
      }
      parser.end(trace);
    } catch (error) {
      if (!(error instanceof SseError) || error.code !== 'SSE_BUFFER_LIMIT') {
        throw new Error(`seed ${SEED}, run ${run}: ${Buffer.from(octets).toString('hex')}`, { cause: error });
      }
      stopped++;
    }
  }
  expect(stopped).toBeLessThan(RUNS);
}, 600_000);
