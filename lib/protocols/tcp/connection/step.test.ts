import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Connection, ConnectionEvent, Segment } from '.';
import { createConnection, nextTimer, segmentOf, stepConnection, TCP_STATE_TRANSITIONS, TCP_STATES } from '.';

const SEED = 3_10;

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

/** Numbers near those that matter: the two ISNs, 100 (ours) and 300 (the peer's), and the ends of the circle. */
const near = fc.oneof(
  fc.integer({ min: 95, max: 130 }),
  fc.integer({ min: 295, max: 330 }),
  fc.constantFrom(0, 2 ** 31, 2 ** 32 - 1),
);
const segment: fc.Arbitrary<Segment> = fc
  .record({
    seq: near,
    ack: fc.option(near),
    wnd: fc.constantFrom(0, 1, 10, 4096),
    syn: fc.boolean(),
    fin: fc.boolean(),
    rst: fc.boolean(),
    data: fc.constantFrom('', '', 'a', 'hello', 'x'.repeat(40)),
  })
  .map((fields) => segmentOf(fields));
const event: fc.Arbitrary<ConnectionEvent | { type: 'wait' }> = fc.oneof(
  { weight: 6, arbitrary: segment.map((arrived) => ({ type: 'segment' as const, segment: arrived })) },
  { weight: 2, arbitrary: fc.constantFrom('a', 'bcd').map((data) => ({ type: 'send' as const, data })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<ConnectionEvent | { type: 'wait' }>(
      { type: 'open-active' },
      { type: 'open-passive' },
      { type: 'read' },
      { type: 'close' },
      { type: 'wait' },
      { type: 'wait' },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<ConnectionEvent>({ type: 'abort' }, { type: 'crash' }) },
);

test(`any events: only the diagram's edges, states stay plain data, the given state is untouched (seed ${SEED})`, () => {
  const edges = new Set(TCP_STATE_TRANSITIONS.map(({ from, to }) => `${from} → ${to}`));
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 60 }),
      fc.integer({ min: 5, max: 60 }),
      (events, receiveBufferOctets) => {
        let connection: Connection = createConnection({
          initialSequenceNumber: 100,
          isnTicksPerMs: 0,
          receiveBufferOctets,
          mslMs: 1000,
        });
        let nowMs = 0;
        for (const each of [{ type: 'open-active' } as const, ...events]) {
          let happens: ConnectionEvent;
          if (each.type === 'wait') {
            const next = nextTimer(connection);
            if (!next) continue;
            nowMs = next.atMs;
            happens = { type: 'timer', timer: next.timer };
          } else happens = each;
          const result = stepConnection(freeze(connection), happens, nowMs);
          for (const { from, to } of result.notes) {
            if (from === to) continue;
            seen.add(`${from} → ${to}`);
            expect(edges).toContain(`${from} → ${to}`);
          }
          connection = result.connection;
          expect(TCP_STATES).toContain(connection.state);
          expect(JSON.parse(JSON.stringify(connection))).toEqual(connection);
          expect(connection.receiveBuffer.length).toBeLessThanOrEqual(receiveBufferOctets);
          expect(connection.rcvWnd).toBeGreaterThanOrEqual(0);
          expect(result.out.length).toBeLessThan(100);
          nowMs += 1;
        }
      },
    ),
    { seed: SEED, numRuns: 500 },
  );
  expect(seen.size).toBeGreaterThan(20);
});

test('what was given to a closed connection is refused with a code', () => {
  const result = stepConnection(createConnection(), { type: 'send', data: 'x' }, 0);
  expect(result.effects).toEqual([{ type: 'error', code: 'TCP_CONNECTION_DOES_NOT_EXIST' }]);
});

test('the ISN clock ticks every four microseconds (RFC 9293 §3.4.1)', () => {
  const open = (nowMs: number) =>
    stepConnection(createConnection(), { type: 'open-active' }, nowMs).connection.iss;
  expect(open(1001) - open(1000)).toBe(250);
});

test('SEND in LISTEN turns the connection into an active one (§3.10.2)', () => {
  const listening = stepConnection(createConnection(), { type: 'open-passive' }, 0).connection;
  const { connection, out } = stepConnection(listening, { type: 'send', data: 'hi' }, 5);
  expect(connection).toMatchObject({ state: 'SYN-SENT', sendBuffer: 'hi', passive: false });
  expect(out).toMatchObject([{ syn: true, ack: null, data: '' }]);
});
