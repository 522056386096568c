import { SdpError } from '../errors';

/** RTCPeerConnection.signalingState (RFC 8829 §3.2). */
export type SignalingState =
  | 'stable'
  | 'have-local-offer'
  | 'have-remote-offer'
  | 'have-local-pranswer'
  | 'have-remote-pranswer'
  | 'closed';

/** RTCSdpType: what a description is to the exchange (RFC 8829 §4.1.10). */
export type DescriptionType = 'offer' | 'pranswer' | 'answer' | 'rollback';

/** `setLocalDescription` or `setRemoteDescription` with a description of a type; or `close()`. */
export type SignalingEvent = { side: 'local' | 'remote'; type: DescriptionType } | { type: 'close' };

/** Figure 2 of RFC 8829 as a table: state, then side and type, to the next state. What is not there is not allowed. */
export const SIGNALING_TRANSITIONS: Readonly<
  Record<SignalingState, Readonly<Record<string, SignalingState>>>
> = {
  stable: {
    'local offer': 'have-local-offer',
    'remote offer': 'have-remote-offer',
  },
  'have-local-offer': {
    'local offer': 'have-local-offer',
    'remote pranswer': 'have-remote-pranswer',
    'remote answer': 'stable',
    'local rollback': 'stable',
  },
  'have-remote-offer': {
    'remote offer': 'have-remote-offer',
    'local pranswer': 'have-local-pranswer',
    'local answer': 'stable',
    'remote rollback': 'stable',
  },
  'have-local-pranswer': {
    'local pranswer': 'have-local-pranswer',
    'local answer': 'stable',
  },
  'have-remote-pranswer': {
    'remote pranswer': 'have-remote-pranswer',
    'remote answer': 'stable',
  },
  closed: {},
};

/** The state that `event` leads to; undefined where it is not allowed in `state`. */
export function nextSignalingState(state: SignalingState, event: SignalingEvent): SignalingState | undefined {
  if (event.type === 'close') return 'closed';
  return 'side' in event ? SIGNALING_TRANSITIONS[state][`${event.side} ${event.type}`] : undefined;
}

/** As `nextSignalingState`. @throws SdpError SDP_SIGNALING_STATE, where a browser throws InvalidStateError */
export function stepSignaling(state: SignalingState, event: SignalingEvent): SignalingState {
  const next = nextSignalingState(state, event);
  if (next !== undefined) return next;
  const seen = 'side' in event ? `${event.side} ${event.type} in ${state}` : `${event.type} in ${state}`;
  const allowed = Object.keys(SIGNALING_TRANSITIONS[state]).join(', ') || 'nothing any more';
  throw new SdpError('SDP_SIGNALING_STATE', { offset: 0, line: 0 }, seen, allowed);
}
