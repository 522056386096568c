/** The two ends. Ada calls first, where one of them does. */
export type PeerId = 'ada' | 'ben';

/** Who is at the other end. */
export const otherPeer = (peer: PeerId): PeerId => (peer === 'ada' ? 'ben' : 'ada');

/**
 * What goes through the signaling channel: text that WebRTC does not say how to carry (RFC 8829 §3.1). The shapes
 * are those of `RTCSessionDescriptionInit` and `RTCIceCandidateInit`, so that a browser's signals fit as well.
 */
export type DescriptionSignal = { type: 'offer' | 'answer'; sdp: string };
/** One candidate, as it trickles. */
export type CandidateSignal = {
  type: 'candidate';
  /** `candidate:…`; '' says that there will be no more (RFC 8838 §8.2). */
  candidate: string;
  sdpMid: string | null;
  usernameFragment: string | null;
};
/** Anything that passes. */
export type Signal = DescriptionSignal | CandidateSignal;
