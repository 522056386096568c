import {
  diagnose,
  runExchange,
  type Diagnosis,
  type ExchangeAction,
  type ExchangeOptions,
  type ExchangeTrace,
  type MediaKind,
  type PeerId,
} from '@/lib/protocols/webrtc';
import type { ExchangeParams } from './params';

export type ExchangeResult = {
  trace: ExchangeTrace;
  diagnosis: Diagnosis;
  /** When the later of the two was connected for the first time; null if one never was. */
  connectedAtMs: number | null;
};

const MEDIA_KINDS: Readonly<Record<ExchangeParams['media'], readonly MediaKind[]>> = {
  'audio-data': ['audio', 'application'],
  data: ['application'],
  'audio-video-data': ['audio', 'video', 'application'],
};

/** Who gives way. Without glare it makes no difference. */
export const POLITE: Readonly<Record<ExchangeParams['strategy'], Readonly<Record<PeerId, boolean>>>> = {
  perfect: { ada: false, ben: true },
  'both-polite': { ada: true, ben: true },
  'both-impolite': { ada: false, ben: false },
};

export const mediaKindsOf = (media: ExchangeParams['media']) => MEDIA_KINDS[media];

/** Runs the two peers. */
export function runExchangeLab(params: ExchangeParams, { seed }: { seed: number }): ExchangeResult {
  const trace = runExchange(optionsOf(params, seed));
  return { trace, diagnosis: diagnose(trace), connectedAtMs: connectedAtMsOf(trace) };
}

export const lostNames = (lost: string): readonly string[] =>
  lost
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

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
