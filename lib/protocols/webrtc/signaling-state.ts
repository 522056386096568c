import { nextSignalingState, type DescriptionType, type SignalingState } from '../sdp';
import { WebrtcError } from './errors';

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

/** Whether a description of this type may be applied now (RFC 8829 §3.2). */
export function mayApply(state: SignalingState, side: Side, type: DescriptionType): boolean {
  return nextSignalingState(state, { side, type }) !== undefined;
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
  const state = nextSignalingState(now.state, { side, type });
  if (state === undefined)
    throw new WebrtcError('WEBRTC_INVALID_STATE', now.state, `a state that takes a ${side} ${type}`);
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

/** The same of the other side's. */
export function remoteOf<Description>({
  pendingRemote,
  currentRemote,
}: Signaling<Description>): Description | null {
  return pendingRemote ?? currentRemote;
}
