import { createLink, EventQueue, type LinkOptions } from '@/lib/sim';
import { type FlightEndpoint, type FlightEvent, type FlightOutput } from './flight-endpoint';
import type { Role } from './flights';

/** Something that happened at one end, or to a datagram on its way from it. */
export type FlightMoment = { atMs: number; at: Role } & (
  | FlightEvent
  | { type: 'datagram'; number: number; octets: Uint8Array }
  | { type: 'arrived'; number: number; sentMs: number }
  | { type: 'lost'; number: number }
);

/** How the two directions treat datagrams. */
export type FlightPaths = Record<Role, Omit<LinkOptions<Uint8Array>, 'onDeliver' | 'onDrop'>>;

/**
 * Two endpoints over links of `lib/sim`, until nothing is left to happen or `untilMs` (ten minutes unless told otherwise). Answers all
 * that happened, in order; the same input gives the same answer. `paths.client` is the way from the client.
 */
export function simulateFlights(
  client: FlightEndpoint,
  server: FlightEndpoint,
  paths: FlightPaths,
  untilMs = 600_000,
): FlightMoment[] {
  const queue = new EventQueue();
  const moments: FlightMoment[] = [];
  const ends = { client, server };
  const links = { client: linkFrom('client'), server: linkFrom('server') };
  const timers: Partial<Record<Role, ReturnType<EventQueue['schedule']>>> = {};

  function linkFrom(sender: Role) {
    const receiver: Role = sender === 'client' ? 'server' : 'client';
    return createLink<Uint8Array>(queue, {
      ...paths[sender],
      onDeliver: ({ packet, number, sentMs }) => {
        moments.push({ atMs: queue.nowMs, at: sender, type: 'arrived', number, sentMs });
        take(receiver, ends[receiver].receive(packet, queue.nowMs));
      },
      onDrop: ({ number }) => moments.push({ atMs: queue.nowMs, at: sender, type: 'lost', number }),
    });
  }

  function take(role: Role, { datagrams, events }: FlightOutput): void {
    for (const event of events) moments.push({ atMs: queue.nowMs, at: role, ...event });
    for (const octets of datagrams) {
      const number = links[role].counts().offered + 1;
      moments.push({ atMs: queue.nowMs, at: role, type: 'datagram', number, octets });
      links[role].send(octets, octets.length);
    }
    const timer = timers[role];
    if (timer) queue.cancel(timer);
    const { nextTimerMs } = ends[role];
    if (nextTimerMs !== undefined)
      timers[role] = queue.schedule(Math.max(nextTimerMs, queue.nowMs), () =>
        take(role, ends[role].advance(queue.nowMs)),
      );
  }

  take('client', client.start(0));
  take('server', server.start(0));
  queue.runUntil(untilMs);
  return moments;
}
