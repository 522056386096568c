import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TCP_STATE_TRANSITIONS } from '../connection';
import type { ExchangeScript, ExchangeTrace, PacketVerdict } from '.';
import { runExchange } from '.';

const SEED = 20_261_121;
const edges = new Set(TCP_STATE_TRANSITIONS.map(({ from, to }) => `${from} → ${to}`));

function strayTransitions(trace: ExchangeTrace): string[] {
  return trace.rules
    .filter(({ from, to }) => from !== to)
    .map(({ from, to, rule }) => `${from} → ${to} (${rule})`)
    .filter((move) => !edges.has(move.replace(/ \(.*/, '')));
}

const verdict: fc.Arbitrary<PacketVerdict> = fc.oneof(
  fc.constant({ drop: true }),
  fc.record({ delayMs: fc.integer({ min: 0, max: 900 }) }),
  fc.record({ duplicateAfterMs: fc.integer({ min: 0, max: 900 }) }),
);
/** At most as many losses as packets are named: losses stop. */
const verdicts = fc.dictionary(
  fc
    .tuple(
      fc.constantFrom('client', 'server'),
      fc.constantFrom('SYN', 'SYN-ACK', 'ACK', 'data', 'FIN', 'RST'),
      fc.integer({ min: 1, max: 8 }),
    )
    .map(([from, kind, count]) => `${from} ${kind} #${count}`),
  verdict,
  { maxKeys: 12 },
);
const config = fc.record({
  mss: fc.constantFrom(100, 536, 1460),
  receiveBufferOctets: fc.constantFrom(200, 1000, 4096, 200_000),
  windowScale: fc.constantFrom(null, 0, 3),
  nagle: fc.boolean(),
  delayedAck: fc.boolean(),
  senderSillyWindowAvoidance: fc.boolean(),
  receiverSillyWindowAvoidance: fc.boolean(),
  fastRetransmit: fc.boolean(),
  initialSequenceNumber: fc.constantFrom(0, 300, 2 ** 31 - 50, 2 ** 32 - 60),
  synRetries: fc.constant(14),
  dataRetries: fc.constant(14),
  mslMs: fc.constant(5000),
});
const reading = fc.oneof(
  fc.constant({ mode: 'at-once' as const }),
  fc.record({
    mode: fc.constant('paced' as const),
    octets: fc.integer({ min: 50, max: 2000 }),
    everyMs: fc.integer({ min: 1, max: 300 }),
    startMs: fc.integer({ min: 0, max: 5000 }),
  }),
);

const transfers = fc.record({
  packets: verdicts,
  client: config,
  server: config,
  reading,
  sends: fc.array(
    fc.record({ atMs: fc.integer({ min: 0, max: 3000 }), octets: fc.integer({ min: 1, max: 3000 }) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  closes: fc.boolean(),
});

function scriptOf(transfer: typeof transfers extends fc.Arbitrary<infer T> ? T : never): ExchangeScript {
  return {
    delayMs: 40,
    client: { config: transfer.client },
    server: { config: transfer.server, reading: transfer.reading, closesAfterPeer: true },
    packets: transfer.packets,
    actions: [
      { atMs: 0, at: 'server', do: 'open-passive' },
      { atMs: 0, at: 'client', do: 'open-active' },
      ...transfer.sends.map(({ atMs, octets }) => ({
        atMs,
        at: 'client' as const,
        do: 'send' as const,
        octets,
      })),
      ...(transfer.closes ? [{ atMs: 3001, at: 'client' as const, do: 'close' as const }] : []),
    ],
    limits: { events: 50_000, timeMs: 3_600_000 },
  };
}

test(`what the server reads is what the client sent, all of it once losses stop (seed ${SEED})`, () => {
  fc.assert(
    fc.property(transfers, (transfer) => {
      const trace = runExchange(scriptOf(transfer));
      expect(trace.ended).toBe('quiet');
      const total = transfer.sends.reduce((sum, { octets }) => sum + octets, 0);
      const errors = trace.effects.filter((effect) => effect.type === 'error');
      // A CLOSE while the SYN is unanswered deletes the connection: what was queued never leaves.
      if (trace.rules.some(({ rule }) => rule === 'close.delete')) return;
      expect(errors).toEqual([]);
      expect(trace.sent.client.length).toBe(total);
      expect(trace.read.server).toBe(trace.sent.client);
      if (transfer.closes)
        expect([trace.final.client.state, trace.final.server.state]).toEqual(['CLOSED', 'CLOSED']);
    }),
    { seed: SEED, numRuns: 150 },
  );
}, 60_000);

test(`whatever users do, no transition lies outside the diagram (seed ${SEED})`, () => {
  const actions = fc.array(
    fc.record({
      atMs: fc.integer({ min: 0, max: 2000 }),
      at: fc.constantFrom('client' as const, 'server' as const),
      do: fc.constantFrom(
        ...(['open-active', 'open-passive', 'close', 'close', 'abort', 'read', 'open-active'] as const),
      ),
    }),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(transfers, actions, (transfer, more) => {
      const script = scriptOf(transfer);
      const trace = runExchange({
        ...script,
        actions: [...script.actions, ...more],
        limits: { events: 5000 },
      });
      expect(strayTransitions(trace)).toEqual([]);
      for (const { rule, ref } of trace.rules) expect(`${rule} ${ref}`).toMatch(/RFC \d+ §/);
    }),
    { seed: SEED, numRuns: 150 },
  );
}, 60_000);

test(`a limit in the middle leaves a prefix (seed ${SEED})`, () => {
  fc.assert(
    fc.property(transfers, fc.integer({ min: 1, max: 200 }), (transfer, events) => {
      const trace = runExchange({ ...scriptOf(transfer), limits: { events } });
      expect(trace.sent.client.startsWith(trace.read.server)).toBe(true);
      expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
    }),
    { seed: SEED, numRuns: 60 },
  );
}, 60_000);
