import type { PeerId, PeerView, TracedRule } from '@/lib/protocols/webrtc';
import type { Step } from '../define-lab';
import type { ExchangeParams } from './params';
import type { ExchangeResult } from './run';

/** A position of the run: what happened, by which rule, and where both peers are after it. */
export type ExchangeStep = Step & {
  timeMs: number;
  ref: string | null;
  peer: PeerId | null;
  views: Readonly<Record<PeerId, PeerView>>;
};

/** The run told rule by rule; the last step says how it ended and why. */
export function stepsOf(
  { trace, diagnosis, connectedAtMs }: ExchangeResult,
  params: ExchangeParams,
): readonly ExchangeStep[] {
  const told = trace.rules.map((traced): ExchangeStep => ({
    ...{ timeMs: traced.timeMs, ref: traced.ref, peer: traced.peer, views: traced.views },
    text: { key: `rules.${traced.rule}`, values: valuesOf(traced) },
  }));
  const end: ExchangeStep = {
    ...{ timeMs: trace.endMs, ref: null, peer: null, views: trace.final },
    text: {
      key: `ends.${diagnosis}`,
      values: { connectedAtMs: connectedAtMs ?? 0, fault: params.fault, waiting: waitingOf(trace.final) },
    },
  };
  return [...told, end];
}

/** `peer` chooses the name in the sentence, and so does `other`. */
function valuesOf({ peer, values }: TracedRule): Record<string, string | number> {
  return { ...values, peer, other: peer === 'ada' ? 'ben' : 'ada' };
}

/** Who still waits for a description. */
function waitingOf(final: Readonly<Record<PeerId, PeerView>>): PeerId {
  return final.ada.signalingState === 'stable' ? 'ben' : 'ada';
}
