import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SIGNALING_TRANSITIONS } from '../sdp';
import { WebrtcError } from './errors';
import {
  createSignaling,
  localOf,
  mayApply,
  remoteOf,
  stepSignaling,
  type Signaling,
} from './signaling-state';

const fresh = (): Signaling<string> => createSignaling<string>();

test('RFC 8829 §3.2: an offer is pending at both ends, and its answer makes both current', () => {
  const offerer = stepSignaling(fresh(), 'local', 'offer', 'O');
  expect(offerer).toMatchObject({ state: 'have-local-offer', pendingLocal: 'O', currentLocal: null });
  expect(stepSignaling(offerer, 'remote', 'answer', 'A')).toEqual({
    ...{ state: 'stable', currentLocal: 'O', currentRemote: 'A', pendingLocal: null, pendingRemote: null },
  });
  const answerer = stepSignaling(fresh(), 'remote', 'offer', 'O');
  expect(answerer.state).toBe('have-remote-offer');
  expect(stepSignaling(answerer, 'local', 'answer', 'A')).toMatchObject({
    ...{ state: 'stable', currentLocal: 'A', currentRemote: 'O' },
  });
});

test('RFC 8829 §4.1.10.2: a rollback takes back what is pending and leaves what is agreed', () => {
  const agreed: Signaling<string> = { ...fresh(), currentLocal: 'O1', currentRemote: 'A1' };
  const offered = stepSignaling(agreed, 'local', 'offer', 'O2');
  expect(localOf(offered)).toBe('O2');
  expect(remoteOf(offered)).toBe('A1');
  expect(stepSignaling(offered, 'local', 'rollback')).toEqual(agreed);
  expect(() => stepSignaling(agreed, 'local', 'rollback')).toThrow(WebrtcError);
});

test('what does not fit the state is refused by code, and changes nothing', () => {
  const now = fresh();
  expect(() => stepSignaling(now, 'remote', 'answer', 'A')).toThrow(
    expect.objectContaining({ code: 'WEBRTC_INVALID_STATE', seen: 'stable' }) as Error,
  );
  expect(now).toEqual(fresh());
});

test('in any order of descriptions: stable has nothing pending, and any other state has something', () => {
  const step = fc.record({
    side: fc.constantFrom('local' as const, 'remote' as const),
    type: fc.constantFrom('offer' as const, 'pranswer' as const, 'answer' as const, 'rollback' as const),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let now = fresh();
      let n = 0;
      for (const { side, type } of steps) {
        const isListed = `${side} ${type}` in SIGNALING_TRANSITIONS[now.state];
        expect(mayApply(now.state, side, type)).toBe(isListed);
        if (isListed) now = stepSignaling(now, side, type, `D${n++}`);
        const pending = [now.pendingLocal, now.pendingRemote].filter((one) => one !== null);
        expect(pending.length > 0).toBe(now.state !== 'stable');
        expect(now.currentLocal === null).toBe(now.currentRemote === null);
      }
    }),
  );
});
