import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom, type LinkOptions } from '@/lib/sim';
import { bodies, endpointsOf } from './scripts.fixture';
import {
  EXCHANGES,
  type FlightMoment,
  recognizeExchange,
  type Role,
  scriptExchange,
  type SentMessage,
  simulateFlights,
  splitFlights,
} from '.';

type Path = Pick<LinkOptions<Uint8Array>, 'delayMs' | 'loss' | 'fate'>;
const perfect: Path = { delayMs: 50 };
const losing = (...numbers: number[]): Path => ({ delayMs: 50, loss: { kind: 'scripted', numbers } });

const of = <T extends FlightMoment['type']>(moments: readonly FlightMoment[], type: T, at?: Role) =>
  moments.filter(
    (it): it is Extract<FlightMoment, { type: T }> => it.type === type && (at === undefined || it.at === at),
  );
const finishedMs = (moments: readonly FlightMoment[]) =>
  Object.fromEntries(of(moments, 'finished').map(({ at, atMs }) => [at, atMs]));

/** Fails unless both ends finished, once, with every message of the other, in order, once. */
function expectComplete(
  { flights }: Pick<ReturnType<typeof endpointsOf>, 'flights'>,
  moments: readonly FlightMoment[],
): void {
  for (const role of ['client', 'server'] as const) {
    const expected = flights
      .filter(({ sender }) => sender !== role)
      .flatMap(({ items }) => items.flatMap((item) => (item.kind === 'message' ? [item.message] : [])));
    expect(of(moments, 'message', role).map(({ message }) => message)).toEqual(expected);
    expect(of(moments, 'finished', role)).toHaveLength(1);
  }
}

describe('RFC 6347 §4.2.4, figures 1 and 2; RFC 9147 §5.7, figure 6: flights', () => {
  test.each(EXCHANGES.map(({ name }) => [name]))(
    '%s completes over a perfect path, each flight sent once',
    (name) => {
      const ends = endpointsOf(name);
      const moments = simulateFlights(ends.client, ends.server, { client: perfect, server: perfect });
      expectComplete(ends, moments);
      expect(of(moments, 'sent').map(({ flight, isAgain }) => [flight, isAgain])).toEqual(
        ends.flights.map((_, index) => [index, false]),
      );
    },
  );

  test.each(EXCHANGES.map((exchange) => [exchange.name, exchange] as const))(
    '%s is recognised by its messages',
    (_, exchange) => {
      const all = exchange.flights.flatMap(({ sender, steps }) =>
        steps.map(({ name }): SentMessage => ({ sender, name })),
      );
      const needed = exchange.flights.flatMap(({ sender, steps }) =>
        steps.filter(({ isOptional }) => !isOptional).map(({ name }): SentMessage => ({ sender, name })),
      );
      expect(recognizeExchange(exchange.version, all)?.name).toBe(exchange.name);
      expect(recognizeExchange(exchange.version, needed)?.version).toBe(exchange.version);
      expect(recognizeExchange(exchange.version, all.slice(0, -1))).toBeUndefined();
      expect(splitFlights(all)).toHaveLength(exchange.flights.length);
    },
  );

  test("message_seq counts each end's messages through the whole handshake (RFC 9147 §5.2)", () => {
    const exchange = EXCHANGES.find(({ name }) => name === '1.3 with cookie')!;
    const flights = scriptExchange(exchange, bodies);
    expect(flights.map(({ sender, firstSeq, endSeq }) => [sender, firstSeq, endSeq])).toEqual([
      ['client', 0, 1],
      ['server', 0, 1],
      ['client', 1, 2],
      ['server', 1, 7],
      ['client', 2, 5],
    ]);
    expect(() => scriptExchange(exchange, () => undefined)).toThrow(
      expect.objectContaining({ code: 'DTLS_FLIGHT_WRONG' }),
    );
  });
});

describe('losses, one by one', () => {
  test("RFC 6347 §4.2.4: a lost HelloVerifyRequest is asked for again by the client's timer", () => {
    const ends = endpointsOf('1.2 with cookie');
    const moments = simulateFlights(ends.client, ends.server, { client: perfect, server: losing(1) });
    expectComplete(ends, moments);
    const client = of(moments, 'sent', 'client').filter(({ flight }) => flight === 0);
    expect(client.map(({ atMs }) => atMs)).toEqual([0, 1000]);
    expect(of(moments, 'sent', 'server').filter(({ flight }) => flight === 1)).toHaveLength(2);
  });

  test('RFC 6347 §4.2.4: when the last flight is lost, the client repeats its own, and the server its last', () => {
    const ends = endpointsOf('1.2 without cookie');
    const lastOfServer = (() => {
      const dry = endpointsOf('1.2 without cookie');
      const moments = simulateFlights(dry.client, dry.server, { client: perfect, server: perfect });
      return of(moments, 'datagram', 'server').length;
    })();
    const moments = simulateFlights(ends.client, ends.server, {
      client: perfect,
      server: losing(lastOfServer),
    });
    expectComplete(ends, moments);
    expect(of(moments, 'sent', 'server').map(({ flight, isAgain }) => [flight, isAgain])).toEqual([
      [1, false],
      [3, false],
      [3, true],
    ]);
    expect(finishedMs(moments).server).toBeLessThan(finishedMs(moments).client!);
  });

  test('RFC 9147 §6, figure 11: Finished comes without the ServerHello; an empty ACK brings it back early', () => {
    const ends = endpointsOf('1.3 without cookie');
    const moments = simulateFlights(ends.client, ends.server, { client: perfect, server: losing(1) });
    expectComplete(ends, moments);
    expect(of(moments, 'dropped', 'client').map(({ reason }) => reason)).toContain('epoch-not-readable');
    const [ack] = of(moments, 'acknowledged', 'server');
    expect(ack?.records).toEqual([]);
    // A quarter of the timer after the rest of the flight, so long before the server's own second is over.
    expect(finishedMs(moments).server).toBeLessThan(1000);
  });

  test('RFC 9147 §7: an ACK names what came, and only the rest is sent again', () => {
    const ends = endpointsOf('1.3 without cookie');
    const moments = simulateFlights(ends.client, ends.server, { client: perfect, server: losing(2) });
    expectComplete(ends, moments);
    const [ack] = of(moments, 'acknowledged', 'server');
    expect(ack?.records.length).toBeGreaterThan(0);
    const [first, again] = of(moments, 'sent', 'server');
    expect(again).toMatchObject({ flight: 1, isAgain: true });
    expect(again!.datagrams).toBeLessThan(first!.datagrams);
  });

  test('RFC 9147 §5.8.1: when the last ACK is lost, the client repeats its Finished and the server its ACK', () => {
    const dry = endpointsOf('1.3 without cookie');
    const count = of(
      simulateFlights(dry.client, dry.server, { client: perfect, server: perfect }),
      'datagram',
      'server',
    ).length;
    const ends = endpointsOf('1.3 without cookie');
    const moments = simulateFlights(ends.client, ends.server, { client: perfect, server: losing(count) });
    expectComplete(ends, moments);
    expect(of(moments, 'sent', 'client').map(({ flight, isAgain }) => [flight, isAgain])).toEqual([
      [0, false],
      [2, false],
      [2, true],
    ]);
  });

  test("RFC 9147 §5.1: half of a HelloRetryRequest does not stop the client's timer, for the server has none", () => {
    const ends = endpointsOf('1.3 with cookie', { mtuOctets: 80 });
    // Lost: the second half of it, and whatever the client says next.
    const moments = simulateFlights(ends.client, ends.server, { client: losing(5), server: losing(2) });
    expectComplete(ends, moments);
    const hellos = of(moments, 'sent', 'client').filter(({ flight }) => flight === 0);
    expect(hellos.map(({ atMs }) => atMs)).toEqual([0, 1000]);
  });

  test('nobody there: the client gives up after its last timer', () => {
    const ends = endpointsOf('1.3 without cookie');
    const nobody: Path = { delayMs: 50, loss: { kind: 'random', rate: 1, random: createRandom(1) } };
    const moments = simulateFlights(ends.client, ends.server, { client: nobody, server: nobody });
    expect(of(moments, 'failed')).toMatchObject([{ at: 'client', atMs: 303_000 }]);
    expect(ends.client.nextTimerMs).toBeUndefined();
  });
});

test('RFC 9147 §4.4: no datagram is longer than the path takes', () => {
  for (const mtuOctets of [80, 300, 1200]) {
    const ends = endpointsOf('1.3 with cookie', { mtuOctets });
    const moments = simulateFlights(ends.client, ends.server, { client: perfect, server: perfect });
    expectComplete(ends, moments);
    for (const { octets } of of(moments, 'datagram')) expect(octets.length).toBeLessThanOrEqual(mtuOctets);
  }
});

test('property: every handshake completes under loss, duplication and reordering, with all messages in order', () => {
  const path = (seed: number, rate: number): Path => {
    const random = createRandom(seed);
    return {
      delayMs: 30,
      fate: () => {
        if (random.chance(rate)) return [];
        const first = random.chance(0.2) ? random.integer(0, 400) : 0;
        return random.chance(0.2) ? [first, random.integer(0, 2000)] : [first];
      },
    };
  };
  fc.assert(
    fc.property(
      fc.record({
        name: fc.constantFrom(...EXCHANGES.map((exchange) => exchange.name)),
        mtuOctets: fc.constantFrom(300, 600, 1200),
        rate: fc.constantFrom(0, 0.1, 0.3),
        seeds: fc.tuple(fc.nat(), fc.nat()),
      }),
      ({ name, mtuOctets, rate, seeds }) => {
        const timers = { initialMs: 1000, maxMs: 60_000, maxRetransmissions: 60 };
        const ends = endpointsOf(name, { mtuOctets, timers });
        const moments = simulateFlights(
          ends.client,
          ends.server,
          { client: path(seeds[0], rate), server: path(seeds[1], rate) },
          7_200_000,
        );
        expectComplete(ends, moments);
        expect(ends.client.state.phase).toBe('FINISHED');
        expect(ends.server.state.phase).toBe('FINISHED');
        expect([ends.client.nextTimerMs, ends.server.nextTimerMs]).toEqual([undefined, undefined]);
      },
    ),
    { seed: 57, numRuns: 200 },
  );
});

test('octets that are no DTLS, and records out of place, are dropped and told', () => {
  const { server } = endpointsOf('1.3 without cookie');
  expect(server.receive(Uint8Array.of(99), 0).events).toEqual([{ type: 'dropped', reason: 'malformed' }]);
  expect(server.receive(Uint8Array.of(0x22, 0, ...new Array<number>(20).fill(1)), 0)).toEqual({
    datagrams: [],
    events: [{ type: 'dropped', reason: 'epoch-not-readable' }],
  });
});
