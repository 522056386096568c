import { expect, test } from 'vitest';
import type { NegotiationMoment, SignalingEvent, SignalingState } from '..';
import { isOfferCollision, nextSignalingState, onRemoteDescription, stepSignaling } from '..';

const event = (text: string): SignalingEvent => {
  const [side, type] = text.split(' ');
  return { side, type } as SignalingEvent;
};
const follow = (...events: string[]) => events.map(event).reduce<SignalingState>(stepSignaling, 'stable');

test('RFC 8829 §3.2, figure 2: the ways round', () => {
  expect(follow('local offer')).toBe('have-local-offer');
  expect(follow('local offer', 'remote answer')).toBe('stable');
  expect(follow('local offer', 'remote pranswer', 'remote pranswer', 'remote answer')).toBe('stable');
  expect(follow('remote offer', 'local pranswer', 'local answer')).toBe('stable');
  expect(follow('local offer', 'local offer')).toBe('have-local-offer');
});

test('RFC 8829 §4.1.10.2: an offer can be rolled back from where it stands, a provisional answer cannot', () => {
  expect(follow('local offer', 'local rollback')).toBe('stable');
  expect(follow('remote offer', 'remote rollback')).toBe('stable');
  for (const state of ['stable', 'have-local-pranswer', 'have-remote-pranswer'] as const) {
    for (const side of ['local', 'remote'])
      expect(nextSignalingState(state, event(`${side} rollback`))).toBe(undefined);
  }
});

test.each([
  ['stable', 'local answer'],
  ['stable', 'remote answer'],
  ['have-local-offer', 'remote offer'],
  ['have-local-offer', 'local answer'],
  ['have-remote-offer', 'remote answer'],
  ['have-remote-offer', 'local offer'],
  ['have-remote-pranswer', 'local answer'],
] as const)('in %s a %s is refused by name', (state, text) => {
  expect(() => stepSignaling(state, event(text))).toThrow(
    expect.objectContaining({ code: 'SDP_SIGNALING_STATE', seen: `${text} in ${state}` }),
  );
});

test('closed is the end of all of them', () => {
  expect(stepSignaling('have-local-offer', { type: 'close' })).toBe('closed');
  expect(() => stepSignaling('closed', event('local offer'))).toThrow();
});

test('perfect negotiation: in a glare one gives way, the other does not hear (W3C WebRTC §10.7)', () => {
  const glare: Omit<NegotiationMoment, 'isPolite'> = { state: 'have-local-offer', isMakingOffer: false };
  expect(onRemoteDescription({ ...glare, isPolite: true }, 'offer')).toBe('roll back');
  expect(onRemoteDescription({ ...glare, isPolite: false }, 'offer')).toBe('ignore');
  expect(onRemoteDescription({ ...glare, isPolite: false }, 'answer')).toBe('apply');
});

test('an offer that is only being made collides too; one that meets an answer on its way in does not', () => {
  expect(isOfferCollision({ isPolite: true, state: 'stable', isMakingOffer: true })).toBe(true);
  expect(onRemoteDescription({ isPolite: true, state: 'stable', isMakingOffer: true }, 'offer')).toBe(
    'apply',
  );
  expect(isOfferCollision({ isPolite: true, state: 'stable', isMakingOffer: false })).toBe(false);
  expect(
    isOfferCollision({
      isPolite: true,
      state: 'have-local-offer',
      isMakingOffer: false,
      isSettingRemoteAnswer: true,
    }),
  ).toBe(false);
});
