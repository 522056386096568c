import type { EventHandle } from '@/lib/sim';
import { EventQueue } from '@/lib/sim';
import type { Connection, ConnectionEvent, Listener, ListenerNote, RuleNote, Segment } from '../connection';
import { createConnection, createListener, segmentOf, stepConnection, stepListener } from '../connection';

/** A burst of SYNs from invented addresses reaches a listener; then an honest client comes. */
export type FloodScript = {
  /** One way, between the honest client and the server. */
  delayMs: number;
  /** Half-open connections that the listener remembers. */
  backlog: number;
  cookies: boolean;
  /** How long it remembers each. */
  halfOpenMs: number;
  /** SYNs of the flood; all of them arrive at `delayMs`. At most MAX_FLOOD_SYNS. */
  floodSyns: number;
  clientOpensAtMs: number;
};

/** A flood of more SYNs is cut to so many. */
export const MAX_FLOOD_SYNS = 512;

/** A packet of the honest client or to it. The flood's own are told by `flood` alone. */
export type FloodPacket = {
  from: 'client' | 'server';
  to: 'client' | 'server';
  segment: Segment;
  sentAtMs: number;
  arrivesAtMs: number;
};

/** What a run leaves behind, each list in the order of time; plain JSON. */
export type FloodTrace = {
  /** Of the flood's SYNs: remembered, answered with a cookie, dropped. */
  flood: { remembered: number; withCookie: number; dropped: number; atMs: number };
  packets: FloodPacket[];
  listenerNotes: ListenerNote[];
  clientRules: RuleNote[];
  /** Half-open connections, whenever their number changed. */
  occupancy: { timeMs: number; halfOpen: number }[];
  listener: Listener;
  client: Connection;
  /** When the listener handed the client's connection to the application; null: never. */
  servedAtMs: number | null;
  endMs: number;
};

const CLIENT_PEER = '192.0.2.1:49152';

/** Runs a listener under a flood against a client that retries like any other. Deterministic. */
export function runFlood(script: FloodScript): FloodTrace {
  const { delayMs } = script;
  const queue = new EventQueue();
  const trace: FloodTrace = {
    flood: { remembered: 0, withCookie: 0, dropped: 0, atMs: delayMs },
    packets: [],
    listenerNotes: [],
    clientRules: [],
    occupancy: [{ timeMs: 0, halfOpen: 0 }],
    listener: createListener({
      backlog: script.backlog,
      cookies: script.cookies,
      halfOpenMs: script.halfOpenMs,
    }),
    client: createConnection({ initialSequenceNumber: 100, isnTicksPerMs: 0 }),
    servedAtMs: null,
    endMs: 0,
  };
  let timer: EventHandle | undefined;

  function listen(from: string, segment: Segment): ListenerNote {
    const result = stepListener(trace.listener, { from, segment }, queue.nowMs);
    trace.listener = result.listener;
    if (trace.occupancy.at(-1)?.halfOpen !== result.note.halfOpen)
      trace.occupancy.push({ timeMs: queue.nowMs, halfOpen: result.note.halfOpen });
    for (const answer of result.out) if (answer.to === CLIENT_PEER) travel('server', answer.segment);
    return result.note;
  }

  function travel(from: 'client' | 'server', segment: Segment): void {
    const to = from === 'client' ? 'server' : 'client';
    const arrivesAtMs = queue.nowMs + delayMs;
    trace.packets.push({ from, to, segment, sentAtMs: queue.nowMs, arrivesAtMs });
    queue.schedule(arrivesAtMs, () => {
      if (to === 'client') return step({ type: 'segment', segment });
      const note = listen(CLIENT_PEER, segment);
      trace.listenerNotes.push(note);
      if (note.rule === 'ack.establishes' || note.rule === 'listener.cookie-right')
        trace.servedAtMs ??= queue.nowMs;
    });
  }

  function step(event: ConnectionEvent): void {
    const result = stepConnection(trace.client, event, queue.nowMs);
    trace.client = result.connection;
    trace.clientRules.push(...result.notes);
    for (const segment of result.out) travel('client', segment);
    const dueMs = trace.client.timers.retransmission;
    if (dueMs === timer?.atMs) return;
    if (timer) queue.cancel(timer);
    timer = undefined;
    if (dueMs === undefined) return;
    timer = queue.schedule(dueMs, () => step({ type: 'timer', timer: 'retransmission' }));
  }

  queue.schedule(delayMs, () => {
    const syns = Math.min(script.floodSyns, MAX_FLOOD_SYNS);
    for (let i = 0; i < syns; i++) {
      const from = `203.0.113.${(i % 254) + 1}:${1024 + i}`;
      const { rule } = listen(from, segmentOf({ seq: i, syn: true, wnd: 1024, mss: 1460 }));
      if (rule === 'listen.syn') trace.flood.remembered++;
      else if (rule === 'listener.cookie-sent') trace.flood.withCookie++;
      else trace.flood.dropped++;
    }
  });
  queue.schedule(script.clientOpensAtMs, () => step({ type: 'open-active' }));
  while (queue.nextAtMs !== undefined) queue.step();
  trace.endMs = queue.nowMs;
  return trace;
}
