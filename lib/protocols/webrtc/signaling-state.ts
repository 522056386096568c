import { WebrtcError } from './errors';

/** RFC 8829 §3.2, figures 2 and 3; the names are those of `RTCPeerConnection.signalingState`. */
export type SignalingState =
  'stable' | 'have-local-offer' | 'have-remote-offer' | 'have-local-pranswer' | 'have-remote-pranswer';

export type DescriptionType = 'offer' | 'pranswer' | 'answer' | 'rollback';

/** Who wrote the description: this peer (setLocalDescription) or the other (setRemoteDescription). */
export type Side = 'local' | 'remote';

/**
 * The state and the four places in which a peer keeps descriptions (RFC 8829 §4.1.13 to §4.1.16). What was
 * proposed is pending; what both have agreed on is current.
 */
export type Signaling<Description> = {
  readonly state: SignalingState;
  readonly currentLocal: Description | null;
  readonly currentRemote: Description | null;
  readonly pendingLocal: Description | null;
  readonly pendingRemote: Description | null;
};

/** A peer that has said and heard nothing. */
export function createSignaling<Description>(): Signaling<Description> {
  return {
    state: 'stable',
    currentLocal: null,
    currentRemote: null,
    pendingLocal: null,
    pendingRemote: null,
  };
}

/** `state`, `side` and `type` of every step that is allowed, and where it leads. A rollback has no side. */
const steps: Readonly<Record<string, SignalingState>> = {
  'stable local offer': 'have-local-offer',
  'stable remote offer': 'have-remote-offer',
  'have-local-offer local offer': 'have-local-offer',
  'have-local-offer remote answer': 'stable',
  'have-local-offer remote pranswer': 'have-remote-pranswer',
  'have-remote-pranswer remote pranswer': 'have-remote-pranswer',
  'have-remote-pranswer remote answer': 'stable',
  'have-remote-offer remote offer': 'have-remote-offer',
  'have-remote-offer local answer': 'stable',
  'have-remote-offer local pranswer': 'have-local-pranswer',
  'have-local-pranswer local pranswer': 'have-local-pranswer',
  'have-local-pranswer local answer': 'stable',
  'have-local-offer rollback': 'stable',
  'have-remote-offer rollback': 'stable',
};

/** Whether a description of this type may be applied now. */
export function mayApply(state: SignalingState, side: Side, type: DescriptionType): boolean {
  return keyOf(state, side, type) in steps;
}

/**
 * Applies a description: pure, answers the next state. An answer makes both halves current; a rollback throws the
 * pending ones away and nothing else (RFC 8829 §4.1.10.2).
 * @throws WebrtcError WEBRTC_INVALID_STATE, and then nothing has changed
 */
export function stepSignaling<Description>(
  now: Signaling<Description>,
  side: Side,
  type: DescriptionType,
  description: Description | null = null,
): Signaling<Description> {
  const state = steps[keyOf(now.state, side, type)];
  if (state === undefined) throw new WebrtcError('WEBRTC_INVALID_STATE', now.state, expectedFor(side, type));
  if (type === 'rollback') return { ...now, state, pendingLocal: null, pendingRemote: null };
  if (type !== 'answer')
    return {
      ...now,
      state,
      ...(side === 'local' ? { pendingLocal: description } : { pendingRemote: description }),
    };
  return {
    state,
    currentLocal: side === 'local' ? description : now.pendingLocal,
    currentRemote: side === 'remote' ? description : now.pendingRemote,
    pendingLocal: null,
    pendingRemote: null,
  };
}

/** The description that counts: what is proposed if something is, else what is agreed. */
export function localOf<Description>({
  pendingLocal,
  currentLocal,
}: Signaling<Description>): Description | null {
  return pendingLocal ?? currentLocal;
}

export function remoteOf<Description>({
  pendingRemote,
  currentRemote,
}: Signaling<Description>): Description | null {
  return pendingRemote ?? currentRemote;
}

function keyOf(state: SignalingState, side: Side, type: DescriptionType): string {
  return type === 'rollback' ? `${state} rollback` : `${state} ${side} ${type}`;
}

/** The states in which this would have been allowed, for the error. */
function expectedFor(side: Side, type: DescriptionType): string {
  const wanted = type === 'rollback' ? ' rollback' : ` ${side} ${type}`;
  return Object.keys(steps)
    .filter((key) => key.endsWith(wanted))
    .map((key) => key.slice(0, -wanted.length))
    .join(' or ');
}
