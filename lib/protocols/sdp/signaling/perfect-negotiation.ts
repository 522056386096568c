import type { SignalingState } from './signaling-state';

/**
 * Perfect negotiation (W3C WebRTC §10.7): what to do with a description that comes in, so that two peers that offer at
 * the same moment need not agree on whose turn it is. One is polite and takes its own offer back, the other is not
 * and ignores the one that comes. Pure: what has been sent and what is under way comes in.
 */
export type NegotiationMoment = {
  isPolite: boolean;
  state: SignalingState;
  /** `createOffer` or `setLocalDescription` for an offer is under way. */
  isMakingOffer: boolean;
  /** An answer that came is being applied: an offer that comes now will find `stable`. */
  isSettingRemoteAnswer?: boolean;
};

/** `ignore`: drop it, and candidates for it; `roll back`: take the own offer back, then apply it; `apply`: as it is. */
export type NegotiationChoice = 'apply' | 'roll back' | 'ignore';

/** Whether an offer that comes now meets an own one. */
export function isOfferCollision({
  state,
  isMakingOffer,
  isSettingRemoteAnswer = false,
}: NegotiationMoment): boolean {
  const isReady = !isMakingOffer && (state === 'stable' || isSettingRemoteAnswer);
  return !isReady;
}

/** What to do with a remote description that comes in at `moment`. */
export function onRemoteDescription(
  moment: NegotiationMoment,
  type: 'offer' | 'pranswer' | 'answer',
): NegotiationChoice {
  if (type !== 'offer' || !isOfferCollision(moment)) return 'apply';
  if (!moment.isPolite) return 'ignore';
  return moment.state === 'stable' ? 'apply' : 'roll back';
}
