import {
  diagnose,
  runExchange,
  type Diagnosis,
  type ExchangeAction,
  type ExchangeOptions,
  type ExchangeTrace,
  type PeerId,
  type PeerView,
} from '@/lib/protocols/webrtc';
import { lostNames, mediaKindsOf, POLITE, type ExchangeParams } from './params';

export type ExchangeResult = {
  trace: ExchangeTrace;
  diagnosis: Diagnosis;
  /** When the later of the two was connected for the first time; null if one never was. */
  connectedAtMs: number | null;
  /** Where the same would end if the hosts were next to one another, as two peers in one browser are. */
  nearFinal: Readonly<Record<PeerId, PeerView>>;
};

/** From one peer of a page to the other it is less; the engine counts in milliseconds. */
const NEAR_PATH_MS = 1;

/** Runs the two peers. */
export function runExchangeLab(params: ExchangeParams, { seed }: { seed: number }): ExchangeResult {
  const trace = runExchange(optionsOf(params, seed));
  const near = runExchange(optionsOf({ ...params, pathDelayMs: NEAR_PATH_MS }, seed));
  return {
    ...{ trace, diagnosis: diagnose(trace), connectedAtMs: connectedAtMsOf(trace) },
    nearFinal: near.final,
  };
}

function optionsOf(params: ExchangeParams, seed: number): ExchangeOptions {
  const { scene, trickle, fault, signalingDelayMs, pathDelayMs, gatheringMs } = params;
  const calls: ExchangeAction[] = [{ atMs: 0, peer: 'ada', do: 'call' }];
  if (scene === 'glare') calls.push({ atMs: params.secondAfterMs, peer: 'ben', do: 'call' });
  return {
    ...{ trickle, fault, signalingDelayMs, pathDelayMs, gatheringMs, calls, seed },
    media: mediaKindsOf(params.media),
    polite: POLITE[params.strategy],
    lost: lostNames(params.lost),
    ...(scene === 'renegotiate' ? { later: [{ atMs: 0, peer: 'ada', do: params.change }] } : {}),
  };
}

function connectedAtMsOf({ rules }: ExchangeTrace): number | null {
  const first = rules.find(
    ({ views }) => views.ada.connectionState === 'connected' && views.ben.connectionState === 'connected',
  );
  return first?.timeMs ?? null;
}
