import type { ExchangeTrace } from './trace';

/** How an exchange came out, and by what. */
export type Diagnosis =
  | 'connected'
  | 'refused'
  | 'two-clients'
  | 'two-servers'
  | 'fingerprint'
  | 'crossed-answers'
  | 'stand-off'
  | 'no-answer'
  | 'no-offer'
  | 'no-candidates'
  | 'waiting';

/** Reads the end of a trace: the deepest cause that explains it. */
export function diagnose({ rules, final }: ExchangeTrace): Diagnosis {
  const { ada, ben } = final;
  const has = (rule: string) => rules.some((traced) => traced.rule === rule);
  if (has('dtls.two-clients')) return 'two-clients';
  if (has('dtls.fingerprint')) return 'fingerprint';
  if (has('remote.refused')) return 'refused';
  if (has('remote.wrong-state')) return 'crossed-answers';
  if (ada.signalingState !== 'stable' && ben.signalingState !== 'stable') return 'stand-off';
  if (ada.signalingState !== 'stable' || ben.signalingState !== 'stable') {
    const waiting = ada.signalingState !== 'stable' ? ben : ada;
    return waiting.currentLocal === null ? 'no-offer' : 'no-answer';
  }
  if (ada.connectionState === 'connected' && ben.connectionState === 'connected') return 'connected';
  if (ada.iceConnectionState === 'new' && ben.iceConnectionState === 'new') return 'no-candidates';
  return ada.dtlsState === 'connecting' && ben.dtlsState === 'connecting' ? 'two-servers' : 'waiting';
}
