import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seqAdd } from '../segment';
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

/** A segment as an offset from what the connection expects: mostly exactly that, sometimes beside it. */
const offset = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: -40, max: 40 }));
const often = (weight: number) => fc.oneof({ weight, arbitrary: fc.constant(false) }, fc.boolean());
const arrival = fc.record({
  seqOffset: offset,
  ackOffset: fc.oneof({ weight: 5, arbitrary: offset }, fc.constant(null)),
  wnd: fc.constantFrom(0, 1, 10, 4096),
  syn: often(3),
  fin: often(2),
  rst: often(8),
  data: fc.constantFrom('', '', 'a', 'hello', 'x'.repeat(40)),
});
type Arrival = typeof arrival extends fc.Arbitrary<infer T> ? T : never;

function segmentFor(c: Connection, { seqOffset, ackOffset, ...rest }: Arrival): Segment {
  const isFirst = c.irs === null;
  return segmentOf({
    ...rest,
    syn: isFirst || rest.syn,
    seq: seqAdd(isFirst ? 300 : c.rcvNxt, seqOffset),
    ack: ackOffset === null || c.state === 'LISTEN' ? null : seqAdd(c.sndMax, ackOffset),
  });
}

const event: fc.Arbitrary<ConnectionEvent | { type: 'wait' } | { type: 'arrival'; arrival: Arrival }> =
  fc.oneof(
    { weight: 6, arbitrary: arrival.map((each) => ({ type: 'arrival' as const, arrival: each })) },
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
          } else if (each.type === 'arrival') {
            happens = { type: 'segment', segment: segmentFor(connection, each.arrival) };
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
    { seed: SEED, numRuns: 250 },
  );
  expect(seen.size).toBeGreaterThan(20);
}, 60_000);

test('what was given to a closed connection is refused with a code', () => {
  const result = stepConnection(createConnection(), { type: 'send', data: 'x' }, 0);
  expect(result.effects).toEqual([{ type: 'error', code: 'TCP_CONNECTION_DOES_NOT_EXIST' }]);
});

test.each([
  [undefined, 536],
  [100, 100],
  [9000, 1460],
  [0, 1],
])(
  'RFC 9293 §3.7.1: a SYN with MSS %s leads to segments of at most %i octets, and all is sent',
  (mss, largest) => {
    const syn = segmentOf({ seq: 100, syn: true, wnd: 65_535, ...(mss === undefined ? {} : { mss }) });
    const after = (connection: Connection, happens: ConnectionEvent) =>
      stepConnection(connection, happens, 0);
    const listening = after(createConnection(), { type: 'open-passive' }).connection;
    const { connection } = after(listening, { type: 'segment', segment: syn });
    const ack = segmentOf({ seq: 101, ack: connection.sndNxt, wnd: 65_535 });
    const established = after(connection, { type: 'segment', segment: ack }).connection;
    const { out } = after(established, { type: 'send', data: 'x'.repeat(3 * largest) });
    expect(out.map(({ data }) => data.length)).toEqual([largest, largest, largest]);
  },
);

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
