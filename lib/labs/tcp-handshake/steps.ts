import type { FloodTrace } from '@/lib/protocols/tcp';
import type { Step } from '../define-lab';
import { exchangeSteps, firstTimeIn, type ExchangeStep } from '../exchange-view';
import type { HandshakeParams } from './lab';
import type { HandshakeResult } from './run';

/** The run told in sentences: rule by rule, whichever scene it is. */
export function stepsOf(
  result: HandshakeResult,
  params: HandshakeParams,
): readonly (Step & { timeMs: number })[] {
  return result.scene === 'link' ? linkSteps(result, params) : floodSteps(result.flood);
}

/** The steps of two ends over a link, with the states that the picture needs. */
export function linkSteps(
  { trace }: Extract<HandshakeResult, { scene: 'link' }>,
  { delayMs }: HandshakeParams,
): ExchangeStep[] {
  const client = trace.final.client.state;
  const server = trace.final.server.state;
  const openAtMs = Math.max(
    firstTimeIn(trace, 'client', 'ESTABLISHED') ?? 0,
    firstTimeIn(trace, 'server', 'ESTABLISHED') ?? 0,
  );
  const isOpen = client === 'ESTABLISHED' && server === 'ESTABLISHED';
  const end = isOpen
    ? { key: 'steps.open', values: { openAtMs, roundTrips: Math.round((openAtMs / delayMs / 2) * 10) / 10 } }
    : { key: 'steps.notOpen', values: { client, server } };
  return exchangeSteps(trace, { delayMs, end });
}

export type FloodStep = Step & { timeMs: number; ref: string | null };

/** The rules of the client's end that a flood's telling needs. */
const CLIENT_RULES: readonly string[] = [
  'open.active',
  'syn-sent.syn-ack',
  'retransmission.timeout',
  'retransmission.give-up',
];

export function floodSteps(flood: FloodTrace): FloodStep[] {
  const { remembered, withCookie, dropped, atMs } = flood.flood;
  const steps: FloodStep[] = [];
  if (remembered + withCookie + dropped > 0) {
    const values = { syns: remembered + withCookie + dropped, remembered, withCookie, dropped };
    const answer = dropped > 0 ? 'dropped' : withCookie > 0 ? 'cookies' : 'remembered';
    steps.push({ timeMs: atMs, ref: 'RFC 4987 §2', text: { key: `flood.burst.${answer}`, values } });
  }
  const told = [
    ...flood.clientRules
      .filter(({ rule }) => CLIENT_RULES.includes(rule))
      .map(({ timeMs, rule, ref, values }) => ({
        timeMs,
        ref,
        text: { key: `flood.client.${rule}`, values: { ...values } },
      })),
    ...flood.listenerNotes.map(({ timeMs, rule, ref, halfOpen }) => ({
      timeMs,
      ref,
      text: { key: `flood.server.${rule}`, values: { halfOpen } },
    })),
  ].sort((a, b) => a.timeMs - b.timeMs);
  steps.push(...told);
  const { servedAtMs } = flood;
  steps.push({
    timeMs: flood.endMs,
    ref: null,
    text:
      servedAtMs === null
        ? { key: 'flood.refused', values: { endMs: flood.endMs } }
        : { key: 'flood.served', values: { servedAtMs } },
  });
  return steps;
}
