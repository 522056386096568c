import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALGORITHMS } from '@/lib/protocols/tcp';
import { lab } from './lab';
import { schema, type CongestionParams } from './params';
import { MSS, PACKET_BUDGET, PACKET_BYTES } from './run';
import { ANATOMY, flowsOf, sceneOf } from './scenes';

const run = (change: Partial<CongestionParams>) => lab.run(sceneOf(change), { seed: 1 });

function outcome(id: string) {
  const prediction = lab.predictions.find((one) => one.id === id);
  if (!prediction) throw new Error(`no prediction ${id}`);
  const params = sceneOf(prediction.set);
  const result = lab.run(params, { seed: 1 });
  return { answer: prediction.answer(result, params), result, params };
}

function verdict(id: string, change: Partial<CongestionParams>) {
  const task = lab.tasks.find((one) => one.id === id);
  if (!task) throw new Error(`no task ${id}`);
  const params = sceneOf(change);
  return task.check(lab.run(params, { seed: 1 }), params);
}

/** Any params that the schema accepts, its corners among them. */
const anyParams = fc.record({
  flows: fc.array(
    fc.record({
      algorithm: fc.constantFrom(...ALGORITHMS),
      startMs: fc.integer({ min: 0, max: 20_000 }),
      extraRttMs: fc.integer({ min: 0, max: 400 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  shared: fc.boolean(),
  rateMbps: fc.oneof(fc.constantFrom(0.5, 20), fc.double({ min: 0.5, max: 20, noNaN: true })),
  rttMs: fc.oneof(fc.constantFrom(5, 400), fc.integer({ min: 5, max: 400 })),
  queueBdp: fc.oneof(fc.constantFrom(0.05, 10), fc.double({ min: 0.05, max: 10, noNaN: true })),
  ecn: fc.boolean(),
  losses: fc.constantFrom('none', 'scripted', 'random'),
  lose: fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 12 }),
  lossPercent: fc.double({ min: 0, max: 10, noNaN: true }),
  seed: fc.integer({ min: 1, max: 999 }),
  segments: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200 })),
  durationS: fc.integer({ min: 2, max: 60 }),
  initialCwnd: fc.integer({ min: 1, max: 40 }),
  initialSsthresh: fc.integer({ min: 0, max: 1000 }),
  repair: fc.constantFrom('own', 'sack', 'prr'),
});

test('runs with any params, in bounds that a frame can bear, and tells them in at least one step', () => {
  fc.assert(
    fc.property(anyParams, (input) => {
      const params = schema.parse(input);
      const result = lab.run(params, { seed: 1 });
      const sent = result.flows.reduce((sum, { summary }) => sum + summary.sentSegments, 0);
      // Overshooting senders hand more to the queue than the line passes, but not many times as much.
      expect(sent).toBeLessThan(4 * PACKET_BUDGET);
      expect(result.flows.reduce((sum, { times }) => sum + times.length, 0)).toBeLessThan(2000);
      const steps = lab.steps(result, params);
      expect(steps.length).toBeGreaterThan(0);
      expect(steps.length).toBeLessThan(260);
      for (let i = 1; i < steps.length; i++)
        expect(steps[i]!.timeMs!).toBeGreaterThanOrEqual(steps[i - 1]!.timeMs!);
      for (const task of lab.tasks) expect(typeof task.check(result, params).passed).toBe('boolean');
      expect(result.fairness.jain).toBeGreaterThan(0);
      expect(result.fairness.jain).toBeLessThanOrEqual(1 + 1e-12);
      for (const { bytes } of result.queues)
        for (const octets of bytes) expect(octets).toBeLessThanOrEqual(result.queueLimitBytes + 1e-6);
    }),
    { numRuns: 60 },
  );
});

test('gives the same result for the same params', () => {
  fc.assert(
    fc.property(anyParams, (input) => {
      const params = schema.parse(input);
      expect(lab.run(params, { seed: 1 })).toEqual(lab.run(params, { seed: 1 }));
    }),
    { numRuns: 10 },
  );
});

test('accounts for every octet: what the flows got fits through the bottleneck', () => {
  const { flows, endMs } = run({});
  const delivered = flows.reduce((sum, { summary }) => sum + summary.deliveredBytes, 0);
  expect(delivered * PACKET_BYTES).toBeLessThanOrEqual((4e6 / 8000) * endMs * MSS * 1.0001);
});

test('prediction sent-again: RFC 5681 §3.2 step 3 retransmits the segment that is missing, and no other', () => {
  const { answer, result } = outcome('sent-again');
  expect(answer).toBe('one');
  const again = result.flows[0]!.events.filter(({ type }) => type === 'retransmitted');
  expect(again.map(({ segment }) => segment)).toEqual([9]);
  // "A dozen are out": eight are acknowledged (1 to 8), which opened the window from 4 to 12.
  const found = result.flows[0]!.turns[0]!;
  expect(found.ssthreshBytes).toBe((12 / 2) * MSS);
});

test('prediction two-lost: Reno waits for its timer of at least a second (RFC 6298 §2.4), NewReno does not', () => {
  const { answer, result } = outcome('two-lost');
  expect(answer).toBe('second');
  const [reno, newReno] = result.flows;
  expect(reno!.summary.timeouts).toBe(1);
  expect(newReno!.summary.timeouts).toBe(0);
  expect(reno!.summary.completedMs! - newReno!.summary.completedMs!).toBe(1000);
});

test('prediction large-queue: a full queue of 8 BDP makes a round trip of nearly nine', () => {
  const { answer, params } = outcome('large-queue');
  expect(answer).toBeGreaterThan(7 * params.rttMs);
  expect(answer).toBeLessThan((params.queueBdp + 1) * params.rttMs);
});

test('prediction late-joiner: additive increase and multiplicative decrease meet at equal shares', () => {
  const { answer, result } = outcome('late-joiner');
  expect(answer).toBe('half');
  expect(result.fairness.jain).toBeGreaterThan(0.95);
});

const half = { ...ANATOMY, flows: flowsOf('reno') };
const both = { ...ANATOMY, flows: flowsOf('reno', 'newreno') };
const five = { flows: flowsOf('reno', 'reno', 'reno', 'reno', 'reno') };

test.each<[string, Partial<CongestionParams>]>([
  ['half', { ...half, lose: [7] }],
  ['half', { ...half, lose: [19] }],
  ['reno-times-out', { ...both, segments: 60, lose: [40, 42] }],
  ['tail-loss', { ...half, lose: [28] }],
  ['tail-loss', { ...half, lose: [26] }],
  ['no-loss', { ecn: true, flows: flowsOf('newreno'), queueBdp: 4, initialSsthresh: 30 }],
  ['fair-five', { ...five, queueBdp: 1 }],
  ['fair-five', { ...five, queueBdp: 3 }],
  ['short-queue', { flows: flowsOf('bbr', 'cubic'), shared: false, queueBdp: 4 }],
])('task %s is passed by %o', (id, change) => {
  expect(verdict(id, change)).toEqual({ passed: true });
});

test.each<[string, string, Partial<CongestionParams>]>([
  ['half', 'algorithm', { flows: flowsOf('bbr') }],
  ['half', 'one', { ...half, lose: [] }],
  ['half', 'one', { ...half, lose: [7, 9] }],
  ['half', 'timeout', { ...half, lose: [28] }],
  ['half', 'other', { ...half, lose: [9] }],
  ['reno-times-out', 'both', { ...half, lose: [17, 19] }],
  ['reno-times-out', 'short', { ...both, lose: [17, 19] }],
  ['reno-times-out', 'script', { ...both, segments: 60, losses: 'none' }],
  ['reno-times-out', 'more', { ...both, segments: 60, lose: [17] }],
  ['reno-times-out', 'newreno', { ...both, segments: 60, lose: [57, 58] }],
  ['reno-times-out', 'survived', { ...both, segments: 60, lose: [17, 19] }],
  ['tail-loss', 'endless', {}],
  ['tail-loss', 'one', { ...half, lose: [] }],
  ['tail-loss', 'window', { ...half, lose: [28], initialCwnd: 2 }],
  ['tail-loss', 'fast', { ...half, lose: [25] }],
  ['no-loss', 'ecn', {}],
  ['no-loss', 'lost', { ecn: true, flows: flowsOf('newreno'), queueBdp: 0.3 }],
  ['no-loss', 'unmarked', { ...half, losses: 'none', ecn: true, segments: 4 }],
  ['fair-five', 'five', {}],
  ['fair-five', 'shared', { ...five, shared: false }],
  ['fair-five', 'rtt', { flows: five.flows.map((flow, i) => ({ ...flow, extraRttMs: i })) }],
  ['fair-five', 'jain', { ...five, queueBdp: 0.5 }],
  ['fair-five', 'idle', { ...five, queueBdp: 0.25 }],
  ['short-queue', 'own', {}],
  ['short-queue', 'both', { flows: flowsOf('bbr'), shared: false }],
  ['short-queue', 'long', { flows: flowsOf('bbr', 'cubic'), shared: false, queueBdp: 0.5 }],
])('task %s says "%s" where that is missing', (id, hint, change) => {
  const { passed, hint: said } = verdict(id, change);
  expect(passed).toBe(false);
  expect(said?.key).toBe(`tasks.${id}.${hint}`);
});

test('correction 3: ssthresh does not come back when recovery ends (RFC 5681 §3.2 step 6)', () => {
  const [flow] = run({ ...half, lose: [9] }).flows;
  const [lost, , recovered] = flow!.turns;
  expect(recovered!.type).toBe('recovery-end');
  expect(recovered!.ssthreshBytes).toBe(lost!.ssthreshBytes);
  expect(recovered!.cwndBytes).toBe(recovered!.ssthreshBytes);
  expect(flow!.ssthresh.at(-1)).toBe(6);
});

test('correction 4: nothing but a loss ends slow start; at 65,535 octets it would end too soon', () => {
  const path = { rateMbps: 20, rttMs: 100, queueBdp: 4, segments: 200, flows: flowsOf('newreno') };
  const free = run(path).flows[0]!;
  expect(free.ssthresh.every((segments) => segments === Infinity)).toBe(true);
  const held = run({ ...path, initialSsthresh: 44 }).flows[0]!;
  expect(held.summary.completedMs!).toBeGreaterThan(free.summary.completedMs! + 50);
});

test('correction 6: an ECN mark halves the window, and nothing is lost (RFC 3168 §6.1.2)', () => {
  const [flow] = run({ ecn: true, flows: flowsOf('newreno'), queueBdp: 4, initialSsthresh: 30 }).flows;
  expect(flow!.summary).toMatchObject({ queueDrops: 0, lostSegments: 0, timeouts: 0 });
  expect(flow!.summary.ecnReductions).toBeGreaterThan(2);
});

test('simplified, ack-path: every arriving segment is answered by one ACK, half a round trip later', () => {
  const [flow] = run({ ...half, lose: [9] }).flows;
  const received = flow!.events.filter(({ type }) => type === 'received');
  const acked = flow!.events.filter(({ type }) => type === 'acked');
  expect(acked).toHaveLength(received.length);
  acked.forEach(({ timeMs }, i) => expect(timeMs).toBeCloseTo(received[i]!.timeMs + 50, 6));
});

test('simplified, ack-each: the receiver acknowledges each segment', () => {
  const [flow] = run({ ...half, lose: [] }).flows;
  const acks = flow!.events.filter(({ type }) => type === 'received').map(({ ack }) => ack);
  expect(acks).toEqual(Array.from({ length: 28 }, (_, i) => i + 2));
});

test('simplified, greedy: the window is always in use, so a flow alone keeps a long queue’s path busy', () => {
  const result = run({ flows: flowsOf('cubic'), queueBdp: 4 });
  expect(result.queues[0]!.utilisation).toBeGreaterThan((0.97 * MSS) / PACKET_BYTES);
});

test('simplified, rto: a lost last segment costs at least a second', () => {
  const [flow] = run({ ...half, lose: [28] }).flows;
  const sentMs = flow!.events.find(({ type }) => type === 'dropped')!.timeMs;
  const resentMs = flow!.events.find(({ type }) => type === 'retransmitted')!.timeMs;
  expect(resentMs - sentMs).toBeGreaterThanOrEqual(1000);
});

test('simplified, handshake: the first thing sent, at once, is the initial window', () => {
  const [flow] = run({ ...half, lose: [] }).flows;
  const atOnce = flow!.events.filter(({ type, timeMs }) => type === 'sent' && timeMs === 0);
  expect(atOnce.map(({ segment }) => segment)).toEqual([1, 2, 3, 4]);
});

test('simplified, bbr: version 1 does not slow down at random losses of two percent', () => {
  const lossy = run({ flows: flowsOf('bbr', 'newreno'), shared: false, losses: 'random', lossPercent: 2 });
  expect(lossy.flows[0]!.rateBps).toBeGreaterThan(0.8 * 4e6);
  expect(lossy.flows[1]!.rateBps).toBeLessThan(0.5 * lossy.flows[0]!.rateBps);
});

test('an ended transfer leaves no rate for time that it did not use, and a flow that never starts none', () => {
  const [transfer] = run({ ...half, lose: [] }).flows;
  const octets = 28 * MSS;
  expect(transfer!.rateBps).toBeCloseTo((octets * 8000) / transfer!.summary.completedMs!, 0);
  const late = run({
    flows: [...flowsOf('cubic'), { algorithm: 'cubic', startMs: 20_000, extraRttMs: 0 }],
    durationS: 5,
  });
  expect(late.flows[1]!.rateBps).toBe(0);
  expect(late.fairness.jain).toBe(1);
});

test('exports the run as JSON and its windows as CSV with a line a sample', () => {
  const params = sceneOf({});
  const result = lab.run(params, { seed: 1 });
  const [json, csv] = lab.exports(result, params);
  expect(JSON.parse(String(json!.content))).toMatchObject({ params: { rateMbps: 4 } });
  const samples = result.flows.reduce((sum, { times }) => sum + times.length, 0);
  expect(String(csv!.content).split('\n')).toHaveLength(samples + 1);
});
