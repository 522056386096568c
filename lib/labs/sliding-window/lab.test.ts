import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { windowLimitedRateBps } from '@/lib/protocols/tcp';
import { lab, type WindowParams } from './lab';
import type { WindowResult } from './run';
import { scenarios } from './scenarios';
import { MAX_TOTAL_BYTES, MSS, RUN_LIMITS } from './script';

const settings = (change: Partial<WindowParams> = {}): WindowParams => lab.params.parse(change);
const run = (change: Partial<WindowParams> = {}): WindowResult => lab.run(settings(change), { seed: 1 });
const data = ({ packets }: WindowResult) => packets.filter(({ start, end }) => end > start);
const sizes = (result: WindowResult) => data(result).map(({ start, end }) => end - start);
const keys = (result: WindowResult) => result.moments.map(({ text }) => text.key);

const anyParams: fc.Arbitrary<WindowParams> = fc.record({
  writes: fc.integer({ min: 1, max: 24 }),
  writeBytes: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 300_000 })),
  writeEveryMs: fc.integer({ min: 0, max: 2000 }),
  nagle: fc.boolean(),
  senderAvoidance: fc.boolean(),
  oneWayMs: fc.integer({ min: 1, max: 400 }),
  loseUpdate: fc.boolean(),
  bufferBytes: fc.oneof(fc.integer({ min: 500, max: 6000 }), fc.integer({ min: 500, max: 1_048_576 })),
  windowScale: fc.boolean(),
  reading: fc.constantFrom('paced', 'at-once', 'never'),
  readBytes: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 1_048_576 })),
  readEveryMs: fc.integer({ min: 1, max: 5000 }),
  readFromMs: fc.integer({ min: 0, max: 60_000 }),
  delayedAck: fc.boolean(),
  receiverAvoidance: fc.boolean(),
});

describe('the run', () => {
  test('opens with the defaults of the first scenario', () => {
    expect(settings()).toEqual({ ...settings(), ...scenarios['slow-reader'] });
  });

  test('the default reader makes the sender stop and go: four segments, then two for each read of two', () => {
    const result = run();
    expect(data(result).map(({ sentMs }) => sentMs)).toEqual([
      0, 0, 0, 0, 400, 400, 800, 800, 1200, 1200, 1600, 1600,
    ]);
    expect(new Set(sizes(result))).toEqual(new Set([MSS]));
    expect(result.doneMs).toBe(2350); // the sixth read: 50 + 6 * 400 - 100, the first a whole interval after the data
  });

  test('any setting that the schema takes runs, is told, and keeps to the protocol', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const result = lab.run(settings(params), { seed: 1 });
        expect(result.packets.length).toBeLessThanOrEqual(RUN_LIMITS.events + 200);
        expect(result.totalBytes).toBeLessThanOrEqual(MAX_TOTAL_BYTES);
        expect(result.readBytes).toBeLessThanOrEqual(result.totalBytes);
        const steps = lab.steps(result, params);
        expect(steps.length).toBeGreaterThanOrEqual(2);
        let lastMs = 0;
        for (const { timeMs = 0 } of steps) {
          expect(timeMs).toBeGreaterThanOrEqual(lastMs);
          lastMs = timeMs;
        }
        for (const { snapshot: s } of result.moments) {
          expect(s.unread).toBeLessThanOrEqual(params.bufferBytes);
          expect(s.unread).toBeGreaterThanOrEqual(0);
          expect(s.sndUna).toBeLessThanOrEqual(s.sndNxt);
          expect(s.sndNxt).toBeLessThanOrEqual(s.written);
          // The sender never sees a right edge beyond the receiver's own.
          expect(s.sndUna + s.sndWnd).toBeLessThanOrEqual(s.rcvNxt + Math.max(s.rcvWnd, params.bufferBytes));
        }
        for (const { content } of lab.exports(result, params)) expect(content.length).toBeGreaterThan(10);
        lab.tasks.forEach((task) => task.check(result, params));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('the same settings give the same run', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        expect(lab.run(params, { seed: 1 })).toEqual(lab.run(params, { seed: 2 }));
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test('the sender sends nothing that was not offered, but for its probes', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const result = lab.run(params, { seed: 1 });
        const heard = result.packets.filter(
          ({ from, arrivedMs }) => from === 'receiver' && arrivedMs !== null,
        );
        for (const packet of data(result)) {
          if (packet.isProbe || packet.isRepeat) continue;
          const offers = heard.filter(({ arrivedMs }) => (arrivedMs ?? Infinity) <= packet.sentMs);
          const edge = Math.max(
            result.moments[0]?.snapshot.sndWnd ?? 0,
            ...offers.map((o) => o.ack + o.windowBytes),
          );
          expect(packet.end).toBeLessThanOrEqual(edge);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe('predictions', () => {
  const answerOf = (id: string) => {
    const prediction = lab.predictions.find((each) => each.id === id);
    if (!prediction) throw new Error(`no prediction ${id}`);
    const params = settings({ ...settings(), ...prediction.set });
    return prediction.answer(lab.run(params, { seed: 1 }), params);
  };

  test('the stall lasts the delayed ACK of RFC 9293 §3.8.6.3 (200 ms here) and three ways of 20 ms', () => {
    expect(answerOf('stall')).toBe(200 + 3 * 20);
  });

  test('after the third probe the waits go on doubling: 1, 2, 4, 8 … up to 60 seconds', () => {
    expect(answerOf('third-probe')).toBe('slower');
    const { probesMs } = run(scenarios['never-read']);
    const waits = probesMs.map((timeMs, i) => timeMs - (probesMs[i - 1] ?? 100));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  test('a lost window update is healed by the sender', () => {
    expect(answerOf('lost-update')).toBe('sender');
    const result = run(scenarios['lost-update']);
    const lost = result.packets.find(({ lost }) => lost);
    expect(lost).toMatchObject({ from: 'receiver', name: result.lostUpdate, windowBytes: 5840 });
    expect(result.probesMs).toHaveLength(1);
  });

  test('16 kB over 100 ms: within a tenth of one window a round trip, 1.31 Mbit/s', () => {
    const limitBps = windowLimitedRateBps({ windowBytes: 16_384, rttMs: 100 });
    expect(limitBps).toBe(1_310_720);
    const rate = Number(answerOf('rate')) * 1e6;
    expect(rate).toBeLessThanOrEqual(limitBps);
    expect(limitBps - rate).toBeLessThan(0.1 * rate); // so the formula's figure counts as right
  });
});

describe('tasks', () => {
  const verdict = (id: string, change: Partial<WindowParams>) => {
    const task = lab.tasks.find((each) => each.id === id);
    if (!task) throw new Error(`no task ${id}`);
    const params = settings(change);
    return task.check(lab.run(params, { seed: 1 }), params);
  };
  const hintOf = (id: string, change: Partial<WindowParams>) => verdict(id, change).hint?.key;
  const passes = { passed: true };

  test('zero-window', () => {
    expect(hintOf('zero-window', scenarios['small-writes'])).toBe('tasks.zero-window.open');
    expect(hintOf('zero-window', scenarios['never-read'])).toBe('tasks.zero-window.unread');
    expect(verdict('zero-window', scenarios['slow-reader']).hint).toEqual({
      key: 'tasks.zero-window.short',
      values: { stopMs: 300 },
    });
    expect(verdict('zero-window', { ...scenarios['slow-reader'], readFromMs: 3000 })).toEqual(passes);
  });

  test('probe-saves', () => {
    expect(hintOf('probe-saves', {})).toBe('tasks.probe-saves.not-lost');
    expect(hintOf('probe-saves', { ...scenarios['small-writes'], loseUpdate: true })).toBe(
      'tasks.probe-saves.never-shut',
    );
    expect(hintOf('probe-saves', { loseUpdate: true })).toBe('tasks.probe-saves.healed');
    const small = { bufferBytes: 2920, readBytes: 2920, readEveryMs: 5000 };
    const tooLate = { ...scenarios['lost-update'], ...small, writeBytes: 300_000 };
    expect(hintOf('probe-saves', tooLate)).toBe('tasks.probe-saves.unread');
    expect(verdict('probe-saves', scenarios['lost-update'])).toEqual(passes);
  });

  test('stall', () => {
    const writes = scenarios['small-writes'];
    expect(verdict('stall', writes).hint).toEqual({ key: 'tasks.stall.stalls', values: { stallMs: 239 } });
    expect(hintOf('stall', { ...writes, delayedAck: false })).toBe('tasks.stall.receiver');
    expect(hintOf('stall', { ...writes, writes: 1 })).toBe('tasks.stall.none');
    expect(hintOf('stall', { ...writes, writes: 1, nagle: false })).toBe('tasks.stall.no-cure');
    expect(verdict('stall', { ...writes, nagle: false })).toEqual(passes);
    // One larger write instead of two small ones: the better cure, and no stall to begin with.
    expect(run({ ...writes, writes: 1, writeBytes: 200 }).doneMs).toBe(20);
  });

  test('silly', () => {
    expect(hintOf('silly', {})).toBe('tasks.silly.sender');
    expect(hintOf('silly', { ...scenarios.silly, reading: 'at-once' })).toBe('tasks.silly.healthy');
    expect(hintOf('silly', scenarios.silly)).toBe('tasks.silly.ill');
    expect(verdict('silly', { ...scenarios.silly, receiverAvoidance: true })).toEqual(passes);
    const trickle = { ...scenarios.silly, receiverAvoidance: true, writes: 20, writeBytes: 300 };
    expect(verdict('silly', { ...trickle, writeBytes: 50 }).passed).toBe(false);
  });

  test('long-path', () => {
    expect(hintOf('long-path', { ...scenarios['long-path'], oneWayMs: 49 })).toBe('tasks.long-path.short');
    expect(hintOf('long-path', { ...scenarios['long-path'], writeBytes: 60_000 })).toBe(
      'tasks.long-path.little',
    );
    expect(hintOf('long-path', scenarios['long-path'])).toBe('tasks.long-path.unscaled');
    expect(hintOf('long-path', { ...scenarios['long-path'], windowScale: true, bufferBytes: 65_535 })).toBe(
      'tasks.long-path.buffer',
    );
    const sluggish = {
      ...scenarios['long-path'],
      windowScale: true,
      writes: 24,
      writeBytes: 12_000,
      writeEveryMs: 200,
    };
    expect(hintOf('long-path', sluggish)).toBe('tasks.long-path.reader');
    expect(verdict('long-path', { ...scenarios['long-path'], windowScale: true })).toEqual(passes);
  });
});

describe('what is simplified', () => {
  test('no congestion window: the first flight is all that the receiver offers', () => {
    const first = data(run(scenarios['long-path'])).filter(({ sentMs }) => sentMs === 0);
    expect(first).toHaveLength(Math.floor(65_535 / MSS)); // 44; RFC 6928 would allow 10
  });

  test('no rate: what leaves together arrives together', () => {
    const first = data(run(scenarios['long-path'])).filter(({ sentMs }) => sentMs === 0);
    expect(new Set(first.map(({ arrivedMs }) => arrivedMs))).toEqual(new Set([50]));
  });

  test('nothing is lost but the chosen update', () => {
    fc.assert(
      fc.property(anyParams, (params) => {
        const lost = lab.run(params, { seed: 1 }).packets.filter((packet) => packet.lost);
        expect(lost.length).toBeLessThanOrEqual(params.loseUpdate ? 1 : 0);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  test('a delayed ACK waits for 200 ms, or for the second full segment', () => {
    const { packets } = run(scenarios['small-writes']);
    expect(packets.find(({ from }) => from === 'receiver')?.sentMs).toBe(20 + 200);
    const full = run({ ...scenarios['small-writes'], writes: 1, writeBytes: 2 * MSS });
    expect(full.packets.find(({ from }) => from === 'receiver')?.sentMs).toBe(20);
  });

  test('the handshake is run and not drawn: its window is the first, unscaled, and the clock starts after it', () => {
    const result = run({ ...scenarios['long-path'], windowScale: true });
    expect(result.packets.some(({ name }) => /SYN/.test(name))).toBe(false);
    expect(result.moments[0]?.snapshot.sndWnd).toBe(65_535);
    expect(result.shift).toBe(5); // 65,535 shifted by 4 is just short of 1,048,576
    expect(Math.max(...result.moments.map(({ snapshot }) => snapshot.sndWnd))).toBeGreaterThan(900_000);
  });

  test('a run that would go on is cut short, and says so', () => {
    const result = run(scenarios['never-read']);
    expect(result.ended).toBe('time-limit');
    expect(result.aborted).toBe(false);
    expect(keys(result).at(-1)).toBe('steps.end.cut');
    const busy = run({ ...scenarios.silly, readBytes: 1, writeBytes: 300_000 });
    expect(busy.ended).toBe('event-limit');
    expect(keys(busy).at(-1)).toBe('steps.end.cut');
  });
});
