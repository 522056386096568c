import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue';
import { createLink, type LinkOptions } from './link';
import { createRandom } from './random';

function record(
  options: LinkOptions<string>,
  sends: readonly (readonly [atMs: number, name: string, size: number])[],
) {
  const queue = new EventQueue();
  const log: string[] = [];
  const link = createLink<string>(queue, {
    ...options,
    onDeliver: ({ packet }) => log.push(`${queue.nowMs} ${packet}`),
    onDrop: ({ packet }, reason) => log.push(`${queue.nowMs} ${packet} ${reason}`),
  });
  for (const [atMs, name, size] of sends) queue.schedule(atMs, () => link.send(name, size));
  while (queue.step());
  return { log, counts: link.counts() };
}

test('a packet takes its serialisation and the propagation', () => {
  // 1,000 octets at 1 Mbit/s: 8 ms; the second waits for the first.
  const { log } = record({ delayMs: 20, rateBps: 1_000_000 }, [
    [0, 'a', 1000],
    [0, 'b', 500],
    [100, 'c', 1000],
  ]);
  expect(log).toEqual(['28 a', '32 b', '128 c']);
});

test('the queue drops its tail; the packet being serialised is not in the queue', () => {
  const { log } = record({ delayMs: 0, rateBps: 1_000_000, queueBytes: 2000 }, [
    [0, 'serialised', 1000],
    [0, 'waiting 1', 1000],
    [0, 'waiting 2', 1000],
    [0, 'too many', 1],
    [8, 'room again', 1000],
  ]);
  expect(log).toEqual([
    '0 too many queue-full',
    '8 serialised',
    '16 waiting 1',
    '24 waiting 2',
    '32 room again',
  ]);
});

test('scripted losses take the packets named, counted from 1', () => {
  const sends = ['a', 'b', 'c'].map((name, i) => [i, name, 10] as const);
  const { log } = record({ delayMs: 5, loss: { kind: 'scripted', numbers: [2] } }, sends);
  expect(log).toEqual(['1 b lost', '5 a', '7 c']);
});

test('fate delays, duplicates and loses single packets', () => {
  const fates: Record<string, number[]> = { late: [10], twice: [0, 3], gone: [] };
  const sends = ['late', 'twice', 'gone', 'plain'].map((name) => [0, name, 1] as const);
  const { log, counts } = record({ delayMs: 1, fate: ({ packet }) => fates[packet] ?? [0] }, sends);
  expect(log).toEqual(['0 gone lost', '1 twice', '1 plain', '4 twice', '11 late']);
  expect(counts).toEqual({ offered: 4, duplicated: 1, delivered: 4, lost: 1, queueFull: 0, inTransit: 0 });
});

const traffic = fc.record({
  delayMs: fc.double({ min: 0, max: 100, noNaN: true }),
  rateBps: fc.integer({ min: 1000, max: 10_000_000 }),
  queueBytes: fc.integer({ min: 0, max: 20_000 }),
  rate: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.integer(),
  packets: fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 1500 })), {
    maxLength: 80,
  }),
  stopMs: fc.integer({ min: 0, max: 1000 }),
});

function replay(input: typeof traffic extends fc.Arbitrary<infer T> ? T : never) {
  const queue = new EventQueue();
  const delivered: number[] = [];
  const link = createLink<number>(queue, {
    delayMs: input.delayMs,
    rateBps: input.rateBps,
    queueBytes: input.queueBytes,
    loss: { kind: 'random', rate: input.rate, random: createRandom(input.seed) },
    onDeliver: ({ number }) => delivered.push(number),
  });
  let highWater = 0;
  for (const [atMs, size] of input.packets) {
    queue.schedule(atMs, () => {
      link.send(0, size);
      highWater = Math.max(highWater, link.waitingBytes());
    });
  }
  queue.runUntil(input.stopMs);
  return { delivered, counts: link.counts(), highWater };
}

test('no packet is made or vanishes, none overtakes, the queue keeps its limit, a seed repeats itself', () => {
  fc.assert(
    fc.property(traffic, (input) => {
      const { delivered, counts, highWater } = replay(input);
      expect(counts.delivered + counts.lost + counts.queueFull + counts.inTransit).toBe(counts.offered);
      expect(delivered).toEqual([...delivered].sort((a, b) => a - b));
      expect(highWater).toBeLessThanOrEqual(input.queueBytes);
      expect(replay(input)).toEqual({ delivered, counts, highWater });
    }),
  );
});

test('refuses a rate, delay or loss that makes no sense', () => {
  const queue = new EventQueue();
  const invalid = expect.objectContaining({ code: 'SIM_INVALID_INPUT' }) as Error;
  expect(() => createLink(queue, { delayMs: -1 })).toThrow(invalid);
  expect(() => createLink(queue, { delayMs: 1, rateBps: 0 })).toThrow(invalid);
  expect(() => createLink(queue, { delayMs: 1, queueBytes: NaN })).toThrow(invalid);
  const loss = { kind: 'random', rate: 2, random: createRandom(1) } as const;
  expect(() => createLink(queue, { delayMs: 1, loss })).toThrow(invalid);
});
