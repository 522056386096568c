import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OPEN, stepClose, type CloseAction, type CloseEvent, type CloseState, type Role } from '.';

function runThrough(
  role: Role,
  events: readonly CloseEvent[],
): { state: CloseState; actions: CloseAction[] } {
  let state = OPEN;
  const actions: CloseAction[] = [];
  for (const event of events) {
    const step = stepClose(state, event, role);
    state = step.state;
    actions.push(...step.actions);
  }
  return { state, actions };
}

test('RFC 6455 §7.1.1: a client that closes waits for the answer, and for the server to close TCP', () => {
  const { state, actions } = runThrough('client', [
    { type: 'close-called', code: 1000, reason: 'done' },
    { type: 'close-received', code: 1000, reason: '' },
  ]);
  expect(actions).toEqual([{ type: 'send-close', code: 1000, reason: 'done' }]);
  expect(state).toMatchObject({ phase: 'closing', hasSent: true, hasReceived: true });
  const end = stepClose(state, { type: 'tcp-closed' }, 'client');
  expect(end.state).toMatchObject({ phase: 'closed', code: 1000, wasClean: true });
});

test('§5.5.1: a server answers with the code that it got, and closes TCP', () => {
  const { actions } = runThrough('server', [{ type: 'close-received', code: 1001, reason: 'going' }]);
  expect(actions).toEqual([{ type: 'send-close', code: 1001 }, { type: 'close-tcp' }]);
});

test('§7.4.1: 1005 is told to the application and never sent', () => {
  const { state, actions } = runThrough('client', [{ type: 'close-received', code: 1005, reason: '' }]);
  expect(state.code).toBe(1005);
  expect(actions).toEqual([{ type: 'send-close' }]);
});

test('§7.1.7: a violation is answered with its code, and TCP is closed at once', () => {
  const { state, actions } = runThrough('client', [
    { type: 'violation', closeCode: 1007 },
    { type: 'tcp-closed' },
  ]);
  expect(actions).toEqual([{ type: 'send-close', code: 1007 }, { type: 'close-tcp' }]);
  expect(state).toMatchObject({ phase: 'closed', code: 1006, wasClean: false });
});

test('§7.1.5: TCP gone without a Close is 1006; no answer in time ends it too', () => {
  expect(runThrough('client', [{ type: 'tcp-closed' }]).state).toMatchObject({ code: 1006, wasClean: false });
  const { state, actions } = runThrough('client', [
    { type: 'close-called' },
    { type: 'timed-out' },
    { type: 'tcp-closed' },
  ]);
  expect(actions).toEqual([{ type: 'send-close' }, { type: 'close-tcp' }]);
  expect(state).toMatchObject({ phase: 'closed', code: 1006, wasClean: false });
});

test('whatever happens in whatever order, at most one Close is sent, and nothing after the end', () => {
  const event = fc.constantFrom<CloseEvent>(
    { type: 'close-called', code: 1000 },
    { type: 'close-received', code: 1001, reason: '' },
    { type: 'violation', closeCode: 1002 },
    { type: 'timed-out' },
    { type: 'tcp-closed' },
  );
  fc.assert(
    fc.property(fc.constantFrom<Role>('client', 'server'), fc.array(event), (role, events) => {
      const { state, actions } = runThrough(role, events);
      expect(actions.filter(({ type }) => type === 'send-close').length).toBeLessThanOrEqual(1);
      const end = events.findIndex(({ type }) => type === 'tcp-closed');
      if (end < 0) return;
      expect(runThrough(role, events.slice(0, end + 1))).toEqual({ state, actions });
      expect(state.wasClean).toBe(state.hasSent && state.hasReceived);
    }),
    { seed: 71 },
  );
});
