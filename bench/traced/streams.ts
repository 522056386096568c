import { EventStreamParser, writeEvent } from '@/lib/protocols/sse';
import * as websocket from '@/lib/protocols/websocket';
import { content, type TracedDecoder, type TracedRoom } from './decoder';

const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const chunksOf = (octets: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(octets.length / size) }, (_, i) =>
    octets.subarray(i * size, (i + 1) * size),
  );

/** Event streams in chunks of 4 kB. */
export function eventStreamCases(): TracedRoom {
  const read = (text: string): TracedDecoder => {
    const chunks = chunksOf(octetsOf(text), 4096);
    return (sink) => {
      const parser = new EventStreamParser();
      return chunks.map((chunk) => parser.push(chunk, sink));
    };
  };
  const events = (count: number, eventOf: (n: number) => Parameters<typeof writeEvent>[0]): string =>
    Array.from({ length: count }, (_, n) => writeEvent(eventOf(n))).join('');
  const tick = (n: number, note: string) => ({
    ...{ type: 'tick', lastEventId: String(n) },
    data: JSON.stringify({ price: 100 + (n % 17), at: 1_700_000_000 + n, note }),
  });
  return {
    'the smallest events': read(events(50, (n) => ({ data: String(n % 10) }))),
    'small data': read(events(50, (n) => ({ data: `{"token":"word ${n}"}` }))),
    'small events with type and id': read(events(50, (n) => tick(n, 'steady'))),
    'the same, Chinese': read(events(50, (n) => tick(n, '平稳'))),
    'events of 16 kB': read(events(4, () => ({ data: 'x'.repeat(16_384) }))),
  };
}

/** Masked frames, and the messages that they make. */
export function webSocketCases(): TracedRoom {
  const cases: TracedRoom = {};
  const mask = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
  for (const [size, count] of [
    [125, 100],
    [16_384, 10],
    [1_048_576, 1],
  ] as const) {
    const frame = websocket.encodeFrame({ fin: true, opcode: 2, mask, payload: content(size) });
    const chunks = chunksOf(
      new Uint8Array(Buffer.concat(Array.from({ length: count }, () => frame))),
      65_536,
    );
    cases[`frames of ${size} B`] = (sink) => {
      const reader = new websocket.FrameReader({ role: 'server' });
      return chunks.map((chunk) => reader.push(chunk, sink));
    };
    cases[`messages of ${size} B`] = (sink) => {
      const reader = new websocket.MessageReader({ role: 'server' });
      return chunks.map((chunk) => reader.push(chunk, sink));
    };
  }
  return cases;
}
