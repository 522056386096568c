import type { PeerId, Signal } from './signals';

/** Ways to spoil an exchange on its way through the signaling channel. The two ends do nothing wrong. */
export const FAULTS = [
  'none',
  'drop-answer',
  'strip-candidates',
  'strip-ada',
  'both-active',
  'both-passive',
  'answer-actpass',
  'fingerprint',
  'fingerprint-offer',
] as const;
/** One of them; `none` lets everything pass. */
export type Fault = (typeof FAULTS)[number];

/**
 * What becomes of a signal on a channel with this fault; null: it is lost. Works on the text, so that what a browser
 * wrote is spoilt in the same place as what our own engine wrote.
 */
export function meddle(fault: Fault, from: PeerId, signal: Signal): Signal | null {
  if (fault === 'strip-candidates' || (fault === 'strip-ada' && from === 'ada'))
    return signal.type === 'candidate' ? null : { ...signal, sdp: withoutCandidates(signal.sdp) };
  if (signal.type === 'candidate') return signal;
  if (fault === 'drop-answer') return signal.type === 'answer' ? null : signal;
  const sdp = (signal.type === 'offer' ? rewriteOffer : rewriteAnswer)(fault, signal.sdp);
  return sdp === signal.sdp ? signal : { ...signal, sdp };
}

function rewriteOffer(fault: Fault, sdp: string): string {
  // The answerer is told that the offerer insists on being the client, so it becomes the server.
  if (fault === 'both-passive') return sdp.replace(/^a=setup:actpass/gm, 'a=setup:active');
  return fault === 'fingerprint-offer' ? withOtherFingerprint(sdp) : sdp;
}

function rewriteAnswer(fault: Fault, sdp: string): string {
  if (fault === 'both-active') return sdp.replace(/^a=setup:active/gm, 'a=setup:passive');
  if (fault === 'both-passive') return sdp.replace(/^a=setup:passive/gm, 'a=setup:active');
  if (fault === 'answer-actpass') return sdp.replace(/^a=setup:(active|passive)/gm, 'a=setup:actpass');
  return fault === 'fingerprint' ? withOtherFingerprint(sdp) : sdp;
}

function withoutCandidates(sdp: string): string {
  return sdp.replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '');
}

/** One octet of every fingerprint is another: all that a man in the middle would have to change, and cannot hide. */
function withOtherFingerprint(sdp: string): string {
  return sdp.replace(/^(a=fingerprint:\S+ )([0-9A-Fa-f]{2})/gm, (_, before: string, octet: string) => {
    return before + (parseInt(octet, 16) ^ 0xff).toString(16).toUpperCase().padStart(2, '0');
  });
}
