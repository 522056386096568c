import type { EventHandle } from '@/lib/sim';
import { EventQueue } from '@/lib/sim';
import type { ConnectionEvent, Segment, TimerName } from '../connection';
import {
  createConnection,
  segmentEnd,
  segmentLength,
  segmentOf,
  stepConnection,
  TIMER_NAMES,
} from '../connection';
import { seqAtOrBefore } from '../segment';
import { createApplication } from './application';
import { createPacketNamer } from './packet-name';
import { closeTrace, createTrace, recordStep } from './recorder';
import type { EndpointName, ExchangeScript } from './script';
import { DEFAULT_EXCHANGE_LIMITS, EXCHANGE_CONFIG, MAX_EXCHANGE_EVENTS } from './script';
import type { ExchangePacket, ExchangeTrace } from './trace';

type Cause = { packet: number | null; fired: TimerName | null };

const PEER = { client: 'server', server: 'client' } as const;

/**
 * Runs two connections against each other over a link that does to each packet what the script says.
 * Deterministic: the same script gives the same trace. At equal times the script's actions come first, in
 * their order; then injected segments; then what follows from them, in the order in which it was set off.
 */
export function runExchange(script: ExchangeScript): ExchangeTrace {
  const queue = new EventQueue();
  const client = createConnection({ ...EXCHANGE_CONFIG.client, ...script.client?.config });
  const server = createConnection({ ...EXCHANGE_CONFIG.server, ...script.server?.config });
  const trace = createTrace(client, server);
  const nameOf = createPacketNamer();
  const timerHandles: Record<EndpointName, Map<TimerName, EventHandle>> = {
    client: new Map(),
    server: new Map(),
  };
  const applications = {
    client: createApplication('client', script.client, callsOf('client'), queue),
    server: createApplication('server', script.server, callsOf('server'), queue),
  };

  function callsOf(endpoint: EndpointName) {
    return {
      call: (event: ConnectionEvent): void => step(endpoint, event, { packet: null, fired: null }),
      connection: () => trace.final[endpoint],
    };
  }

  function step(endpoint: EndpointName, event: ConnectionEvent, cause: Cause): void {
    const before = trace.final[endpoint];
    const result = stepConnection(before, event, queue.nowMs);
    recordStep(trace, endpoint, queue.nowMs, result, cause);
    if (event.type === 'send' && !result.effects.some((effect) => effect.type === 'error')) {
      trace.sent[endpoint] += event.data;
    }
    let sentBefore = before.sndMax;
    for (const segment of result.out) {
      const isRepeat = segmentLength(segment) > 0 && isSent(segment, sentBefore, before.sndUna);
      sentBefore = isRepeat ? sentBefore : segmentEnd(segment);
      send(endpoint, segment, isRepeat && before.state !== 'CLOSED' && before.state !== 'LISTEN');
    }
    setTimers(endpoint);
    applications[endpoint].hears(result.effects);
  }

  function isSent(segment: Segment, sndMax: number, sndUna: number): boolean {
    return seqAtOrBefore(segmentEnd(segment), sndMax) && seqAtOrBefore(sndUna, segment.seq);
  }

  function send(from: EndpointName, segment: Segment, isRepeat: boolean): void {
    const name = nameOf(from, segment);
    const packet = addPacket({ name, from, to: PEER[from], segment, isRepeat, injected: false });
    const verdict = script.packets?.[name] ?? {};
    if (verdict.drop) {
      packet.fate = 'lost';
      return;
    }
    const arrivesAtMs = queue.nowMs + script.delayMs + Math.max(0, verdict.delayMs ?? 0);
    queue.schedule(arrivesAtMs, () => arrive(packet));
    if (verdict.duplicateAfterMs === undefined) return;
    queue.schedule(arrivesAtMs + Math.max(0, verdict.duplicateAfterMs), () => arrive(packet));
  }

  function addPacket(
    given: Pick<ExchangePacket, 'name' | 'from' | 'to' | 'segment' | 'isRepeat' | 'injected'>,
  ): ExchangePacket {
    const scale = given.segment.syn || given.injected ? 0 : trace.final[given.from].rcvScale;
    const packet: ExchangePacket = {
      index: trace.packets.length,
      ...given,
      windowOctets: given.segment.wnd * 2 ** scale,
      sentAtMs: queue.nowMs,
      arrivedAtMs: [],
      fate: 'under-way',
    };
    trace.packets.push(packet);
    return packet;
  }

  function arrive(packet: ExchangePacket): void {
    packet.arrivedAtMs.push(queue.nowMs);
    packet.fate = 'arrived';
    step(packet.to, { type: 'segment', segment: packet.segment }, { packet: packet.index, fired: null });
  }

  function setTimers(endpoint: EndpointName): void {
    const handles = timerHandles[endpoint];
    for (const timer of TIMER_NAMES) {
      const dueMs = trace.final[endpoint].timers[timer];
      const handle = handles.get(timer);
      if (handle?.atMs === dueMs) continue;
      if (handle) queue.cancel(handle);
      handles.delete(timer);
      if (dueMs === undefined) continue;
      const goOff = (): void => {
        handles.delete(timer);
        step(endpoint, { type: 'timer', timer }, { packet: null, fired: timer });
      };
      handles.set(timer, queue.schedule(dueMs, goOff));
    }
  }

  for (const action of script.actions) {
    queue.schedule(action.atMs, () => applications[action.at].does(action));
  }
  for (const { atMs, to, name, segment } of script.inject ?? []) {
    queue.schedule(atMs, () => {
      const injected = {
        name,
        from: PEER[to],
        to,
        segment: segmentOf(segment),
        isRepeat: false,
        injected: true,
      };
      arrive(addPacket(injected));
    });
  }

  const maxEvents = Math.min(script.limits?.events ?? DEFAULT_EXCHANGE_LIMITS.events, MAX_EXCHANGE_EVENTS);
  const maxMs = script.limits?.timeMs ?? DEFAULT_EXCHANGE_LIMITS.timeMs;
  let events = 0;
  for (let next = queue.nextAtMs; next !== undefined; next = queue.nextAtMs) {
    if (next > maxMs) return closeTrace(trace, maxMs, 'time-limit');
    if (events++ >= maxEvents) return closeTrace(trace, queue.nowMs, 'event-limit');
    queue.step();
  }
  return closeTrace(trace, queue.nowMs, 'quiet');
}
