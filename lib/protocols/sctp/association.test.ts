import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLink, createRandom, EventQueue } from '@/lib/sim';
import {
  Association,
  type AssociationEvent,
  type AssociationOutput,
  decodePacket,
  encodePacket,
  PPID,
  type SctpMessage,
  type SctpError,
} from './index';

/** Two ends over a path that loses and delays packets; octets travel, so that both codecs are in the way. */
function createPair(options: { lossRate: number; seed: number; delayMs?: number; mtuBytes?: number }) {
  const { lossRate, seed, delayMs = 30, mtuBytes = 1200 } = options;
  const queue = new EventQueue();
  const random = createRandom(seed);
  const events: { left: AssociationEvent[]; right: AssociationEvent[] } = { left: [], right: [] };
  const ends = {
    left: new Association({ port: 5000, tag: 0xaaaaaaaa, initialTsn: 0xfffffffe, mtuBytes }),
    right: new Association({ port: 5000, tag: 0xbbbbbbbb, initialTsn: 7, mtuBytes }),
  };
  type Side = keyof typeof ends;
  const other = { left: 'right', right: 'left' } as const;
  const link = (from: Side) =>
    createLink<Uint8Array>(queue, {
      delayMs,
      fate: () => (random.chance(lossRate) ? [] : random.chance(0.05) ? [0, 9] : [random.integer(0, 12)]),
      onDeliver: ({ packet }) =>
        take(other[from], ends[other[from]].receive(decodePacket(packet), queue.nowMs)),
    });
  const links = { left: link('left'), right: link('right') };
  function take(side: Side, output: AssociationOutput): void {
    events[side].push(...output.events);
    for (const packet of output.packets) {
      const octets = encodePacket(packet);
      expect(octets.length).toBeLessThanOrEqual(mtuBytes);
      links[side].send(octets, octets.length);
    }
    const at = ends[side].nextTimerMs;
    if (at !== undefined)
      queue.schedule(Math.max(at, queue.nowMs), () => take(side, ends[side].advance(queue.nowMs)));
  }
  const messages = (side: Side) =>
    events[side].flatMap((event) => (event.type === 'message' ? [event.message] : []));
  return { queue, ends, events, take, messages };
}

const text = (number: number, octets: number, streamId = 0): SctpMessage => ({
  streamId,
  ppid: PPID.binary,
  unordered: false,
  data: new Uint8Array(octets).fill(number),
});

describe('RFC 9260 §5.1: setting up', () => {
  test('four packets, and both ends are established', () => {
    const { queue, ends, events, take } = createPair({ lossRate: 0, seed: 1 });
    take('left', ends.left.open(0));
    queue.runUntil(queue.nowMs + 900_000);
    expect(events.left).toEqual([{ type: 'established' }]);
    expect(events.right).toEqual([{ type: 'established' }]);
  });

  test('a peer that never answers is given up (§16: Max.Init.Retransmits)', () => {
    const { queue, ends, events, take } = createPair({ lossRate: 1, seed: 1 });
    take('left', ends.left.open(0));
    queue.runUntil(queue.nowMs + 900_000);
    expect(events.left).toEqual([{ type: 'lost' }]);
    expect(ends.left.state).toBe('CLOSED');
  });

  test('both may open at once', () => {
    const { queue, ends, take } = createPair({ lossRate: 0, seed: 1 });
    take('left', ends.left.open(0));
    take('right', ends.right.open(0));
    queue.runUntil(queue.nowMs + 900_000);
    expect([ends.left.state, ends.right.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
  });

  test('a packet with a tag that is not ours changes nothing (§8.5)', () => {
    const { ends } = createPair({ lossRate: 0, seed: 1 });
    ends.left.open(0);
    const forged = { sourcePort: 5000, destinationPort: 5000, verificationTag: 1 };
    const output = ends.left.receive(
      { ...forged, chunks: [{ kind: 'abort', tagReflected: false, causes: [] }] },
      1,
    );
    expect(output).toEqual({ packets: [], events: [] });
    expect(ends.left.state).toBe('COOKIE-WAIT');
  });
});

describe('RFC 9260 §6: data over a path that loses', () => {
  test('every message arrives once, whole and in order', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.nat(),
        fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1, maxLength: 15 }),
        (lossPercent, seed, sizes) => {
          const { queue, ends, events, take, messages } = createPair({ lossRate: lossPercent / 100, seed });
          take('left', ends.left.open(0));
          while (ends.left.state !== 'ESTABLISHED' && queue.nowMs < 600_000)
            queue.runUntil(queue.nowMs + 100);
          // With much loss even nine INITs may go unanswered; then there is nothing to see here.
          fc.pre(ends.left.state === 'ESTABLISHED');
          sizes.forEach((size, number) => {
            take('left', ends.left.send(text(number, size), queue.nowMs));
          });
          take('left', ends.left.shutdown(queue.nowMs));
          queue.runUntil(queue.nowMs + 900_000);
          const sent = sizes.map((size, number) => [number, size]);
          const arrived = messages('right').map(({ data }) => [data[0], data.length]);
          // Ten answers in a row may be lost: then the peer is given up (§8.1), and what came until then is whole.
          if (events.left.some(({ type }) => type === 'lost')) {
            expect(arrived).toEqual(sent.slice(0, arrived.length));
            return;
          }
          expect(arrived).toEqual(sent);
          expect(ends.right.state).toBe('CLOSED');
        },
      ),
      // The example: everything arrives, and the sender never learns of it.
      { numRuns: 60, examples: [[30, 1_315_696_470, [5861, 1173, 1173]]] },
    );
  });

  test('streams do not wait for each other', () => {
    const { queue, ends, take, messages } = createPair({ lossRate: 0, seed: 3 });
    take('left', ends.left.open(0));
    queue.runUntil(queue.nowMs + 900_000);
    const nowMs = queue.nowMs;
    const [lost, ...rest] = [text(1, 100, 0), text(2, 100, 0), text(3, 100, 1)].map((message) =>
      ends.left.send(message, nowMs),
    );
    expect(lost!.packets.length).toBe(1);
    for (const output of rest) take('left', output);
    queue.runUntil(nowMs + 200);
    expect(messages('right').map(({ data }) => data[0])).toEqual([3]);
    queue.runUntil(queue.nowMs + 900_000);
    expect(messages('right').map(({ data }) => data[0])).toEqual([3, 1, 2]);
  });
});

describe('RFC 3758: partial reliability', () => {
  test('a message that may not be sent again is given up, and those behind it arrive', () => {
    const { queue, ends, take, messages } = createPair({ lossRate: 0, seed: 3 });
    take('left', ends.left.open(0));
    queue.runUntil(queue.nowMs + 900_000);
    ends.left.send(text(1, 3000), queue.nowMs, { maxRetransmits: 0 });
    take('left', ends.left.send(text(2, 100), queue.nowMs));
    queue.runUntil(queue.nowMs + 900_000);
    expect(messages('right').map(({ data }) => data[0])).toEqual([2]);
  });

  test('a message whose time is over is given up', () => {
    const { queue, ends, take, messages } = createPair({ lossRate: 0, seed: 3 });
    take('left', ends.left.open(0));
    queue.runUntil(queue.nowMs + 900_000);
    ends.left.send(text(1, 100), queue.nowMs, { maxPacketLifeTimeMs: 500 });
    take('left', ends.left.advance(queue.nowMs));
    take('left', ends.left.send(text(2, 100), queue.nowMs));
    queue.runUntil(queue.nowMs + 900_000);
    expect(messages('right').map(({ data }) => data[0])).toEqual([2]);
  });
});

describe('limits', () => {
  test.each([
    ['SCTP_MESSAGE_TOO_LONG', text(0, 262_145)],
    ['SCTP_STREAM_UNKNOWN', text(0, 1, 1024)],
    ['SCTP_DATA_EMPTY', text(0, 0)],
  ])('%s', (code, message) => {
    const { queue, ends, take } = createPair({ lossRate: 0, seed: 1 });
    take('left', ends.left.open(0));
    queue.runUntil(queue.nowMs + 900_000);
    expect(() => ends.left.send(message, queue.nowMs)).toThrow(
      expect.objectContaining({ code }) as SctpError,
    );
  });

  test('SCTP_SEND_BUFFER_FULL and SCTP_NOT_ESTABLISHED', () => {
    const { queue, ends, take } = createPair({ lossRate: 0, seed: 1 });
    expect(() => ends.left.send(text(0, 1), 0)).toThrow(
      expect.objectContaining({ code: 'SCTP_NOT_ESTABLISHED' }) as SctpError,
    );
    take('left', ends.left.open(0));
    queue.runUntil(queue.nowMs + 900_000);
    for (let i = 0; i < 4; i++) ends.left.send(text(0, 262_144), queue.nowMs);
    expect(() => ends.left.send(text(0, 1), queue.nowMs)).toThrow(
      expect.objectContaining({ code: 'SCTP_SEND_BUFFER_FULL' }) as SctpError,
    );
  });
});
