import type { Connection, StepResult, TimerName } from '../connection';
import { TIMER_NAMES } from '../connection';
import { seqDistance } from '../segment';
import type { EndpointName } from './script';
import type { ExchangeTrace, TimerSpan, WindowSample } from './trace';

/** An empty trace of two connections in CLOSED. */
export function createTrace(client: Connection, server: Connection): ExchangeTrace {
  return {
    packets: [],
    states: [
      { endpoint: 'client', state: 'CLOSED', fromMs: 0, toMs: 0 },
      { endpoint: 'server', state: 'CLOSED', fromMs: 0, toMs: 0 },
    ],
    rules: [],
    timers: [],
    effects: [],
    windows: [],
    read: { client: '', server: '' },
    sent: { client: '', server: '' },
    final: { client, server },
    endMs: 0,
    ended: 'quiet',
  };
}

/** Writes what a step did into the trace. `fired`: the timer that set the step off. */
export function recordStep(
  trace: ExchangeTrace,
  endpoint: EndpointName,
  timeMs: number,
  result: StepResult,
  cause: { packet: number | null; fired: TimerName | null },
): void {
  const before = trace.final[endpoint];
  trace.final[endpoint] = result.connection;
  for (const note of result.notes) trace.rules.push({ ...note, endpoint, packet: cause.packet });
  recordState(trace, endpoint, timeMs, result);
  recordTimers(trace, endpoint, timeMs, before, result.connection, cause.fired);
  for (const effect of result.effects) {
    trace.effects.push({ ...effect, endpoint, timeMs });
    if (effect.type === 'read') trace.read[endpoint] += effect.data;
  }
  const sample = sampleOf(endpoint, timeMs, result.connection);
  if (!isSameSample(sampleOf(endpoint, timeMs, before), sample)) trace.windows.push(sample);
}

function recordState(trace: ExchangeTrace, endpoint: EndpointName, timeMs: number, result: StepResult): void {
  const enter = (state: Connection['state']): void => {
    const current = trace.states.findLast((interval) => interval.endpoint === endpoint);
    if (current?.state === state) return;
    if (current) current.toMs = timeMs;
    trace.states.push({ endpoint, state, fromMs: timeMs, toMs: timeMs });
  };
  for (const { to } of result.notes) enter(to);
  enter(result.connection.state); // a crash is no transition, but it ends the state
}

function recordTimers(
  trace: ExchangeTrace,
  endpoint: EndpointName,
  timeMs: number,
  before: Connection,
  after: Connection,
  fired: TimerName | null,
): void {
  for (const timer of TIMER_NAMES) {
    const dueMs = after.timers[timer];
    if (before.timers[timer] === dueMs && timer !== fired) continue;
    const wasRunning = before.timers[timer] !== undefined;
    const running = wasRunning && trace.timers.findLast((span) => isRunning(span, endpoint, timer));
    if (running) {
      running.toMs = timeMs;
      running.outcome = timer === fired ? 'fired' : 'stopped';
    }
    if (dueMs === undefined) continue;
    trace.timers.push({ endpoint, timer, fromMs: timeMs, dueMs, toMs: dueMs, outcome: 'running' });
  }
}

function isRunning(span: TimerSpan, endpoint: EndpointName, timer: TimerName): boolean {
  return span.outcome === 'running' && span.endpoint === endpoint && span.timer === timer;
}

function sampleOf(endpoint: EndpointName, timeMs: number, c: Connection): WindowSample {
  const sentOctets = Math.max(0, Math.min(seqDistance(c.sendBufferSeq, c.sndNxt), c.sendBuffer.length));
  return {
    endpoint,
    timeMs,
    sndUna: c.sndUna,
    sndNxt: c.sndNxt,
    sndWnd: c.sndWnd,
    rcvNxt: c.rcvNxt,
    rcvWnd: c.rcvWnd,
    unsent: c.sendBuffer.length - sentOctets,
    unread: c.receiveBuffer.length,
    held: c.outOfOrder.reduce((sum, piece) => sum + piece.data.length, 0),
  };
}

function isSameSample(a: WindowSample, b: WindowSample): boolean {
  return (Object.keys(a) as (keyof WindowSample)[]).every((key) => a[key] === b[key]);
}

/** Ends the intervals that are still open. */
export function closeTrace(
  trace: ExchangeTrace,
  endMs: number,
  ended: ExchangeTrace['ended'],
): ExchangeTrace {
  trace.endMs = endMs;
  trace.ended = ended;
  for (const endpoint of ['client', 'server'] as const) {
    const current = trace.states.findLast((interval) => interval.endpoint === endpoint);
    if (current) current.toMs = endMs;
  }
  // An interval that lasted no time is a state that a single segment led through: it stays, with no length.
  return trace;
}
