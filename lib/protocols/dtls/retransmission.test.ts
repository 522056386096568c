import { describe, expect, test } from 'vitest';
import {
  createRetransmission,
  nextTimerMs,
  type RetransmissionEvent,
  type RetransmissionState,
  stepRetransmission,
} from '.';

/** Runs events one after another; answers the last state and all actions. */
function run(state: RetransmissionState, ...events: [RetransmissionEvent, number][]) {
  const actions: string[] = [];
  for (const [event, nowMs] of events) {
    const step = stepRetransmission(state, event, nowMs);
    state = step.state;
    actions.push(...step.actions);
  }
  return { state, actions };
}
const flight = (kind: 'answered' | 'last' | 'stateless') => ({ type: 'flight', kind }) as const;
const sent = { type: 'sent' } as const;
const time = { type: 'time' } as const;

describe('RFC 9147 §5.8.1 and RFC 6347 §4.2.4: the state machine', () => {
  test('clients start in PREPARING, servers in WAITING with no timer', () => {
    expect(createRetransmission('1.3', 'client').phase).toBe('PREPARING');
    const server = createRetransmission('1.3', 'server');
    expect([server.phase, nextTimerMs(server)]).toEqual(['WAITING', undefined]);
  });

  test('a flight is sent, and its timer runs in WAITING', () => {
    const sending = run(createRetransmission('1.2', 'client'), [flight('answered'), 0]);
    expect([sending.state.phase, sending.actions]).toEqual(['SENDING', ['send']]);
    const waiting = run(sending.state, [sent, 5]);
    expect([waiting.state.phase, nextTimerMs(waiting.state)]).toEqual(['WAITING', 1005]);
  });

  test('the next flight leads to PREPARING or, if it is the last, to FINISHED', () => {
    const { state } = run(createRetransmission('1.2', 'client'), [flight('answered'), 0], [sent, 0]);
    expect(run(state, [{ type: 'whole', isLast: false }, 10]).state).toMatchObject({
      phase: 'PREPARING',
      deadlineMs: undefined,
    });
    const done = run(state, [{ type: 'whole', isLast: true }, 10]);
    expect([done.state.phase, done.actions]).toEqual(['FINISHED', []]);
  });

  test('1.2: the last flight ends in FINISHED, and goes out again when the peer repeats its own', () => {
    const { state } = run(createRetransmission('1.2', 'client'), [flight('last'), 0], [sent, 0]);
    expect([state.phase, nextTimerMs(state)]).toEqual(['FINISHED', undefined]);
    expect(run(state, [{ type: 'repeat' }, 9]).actions).toEqual(['send']);
  });

  test('1.2: parts of a flight change neither state nor timer', () => {
    const { state } = run(createRetransmission('1.2', 'client'), [flight('answered'), 0], [sent, 0]);
    expect(run(state, [{ type: 'part' }, 400]).state).toBe(state);
    expect(run(state, [{ type: 'unreadable' }, 400]).state).toBe(state);
  });

  test('a repeated flight of the peer is answered with ours', () => {
    const { state } = run(createRetransmission('1.3', 'client'), [flight('answered'), 0], [sent, 0]);
    expect(run(state, [{ type: 'repeat' }, 249]).actions).toEqual([]);
    const again = run(state, [{ type: 'repeat' }, 300], [sent, 300]);
    expect([again.actions, again.state.phase, nextTimerMs(again.state)]).toEqual([['send'], 'WAITING', 1300]);
  });

  test('1.3: an ACK of the last flight finishes, one of another stops its timer, one of a part sends the rest', () => {
    const last = run(createRetransmission('1.3', 'client'), [flight('last'), 0], [sent, 0]).state;
    expect(last.phase).toBe('WAITING');
    expect(run(last, [{ type: 'ack', covers: 'all' }, 5]).state.phase).toBe('FINISHED');
    const other = run(createRetransmission('1.3', 'client'), [flight('answered'), 0], [sent, 0]).state;
    expect(run(other, [{ type: 'ack', covers: 'all' }, 5]).state).toMatchObject({
      phase: 'WAITING',
      deadlineMs: undefined,
    });
    expect(run(other, [{ type: 'ack', covers: 'some' }, 5]).actions).toEqual(['send']);
  });

  test('1.3: whoever is finished answers a repeated flight with an ACK', () => {
    const { state, actions } = run(
      createRetransmission('1.3', 'server'),
      [{ type: 'whole', isLast: true }, 0],
      [{ type: 'repeat' }, 7],
    );
    expect([state.phase, actions]).toEqual(['FINISHED', ['send-ack', 'send-ack']]);
  });

  test('who keeps no state has no timer, but answers each hello', () => {
    const start = { ...createRetransmission('1.2', 'server'), phase: 'PREPARING' as const };
    const { state, actions } = run(
      start,
      [flight('stateless'), 0],
      [sent, 0],
      [{ type: 'repeat' }, 50],
      [sent, 50],
    );
    expect([state.phase, nextTimerMs(state), actions]).toEqual(['WAITING', undefined, ['send', 'send']]);
  });
});

describe('RFC 9147 §5.8.2 and RFC 6347 §4.2.4.1: timer values', () => {
  test('1 s, doubled to 60 s; after nine repetitions it gives up', () => {
    let { state } = run(createRetransmission('1.2', 'client'), [flight('answered'), 0], [sent, 0]);
    const waits: number[] = [];
    let nowMs = 0;
    for (let deadline = nextTimerMs(state); deadline !== undefined; deadline = nextTimerMs(state)) {
      waits.push(deadline - nowMs);
      nowMs = deadline;
      expect(run(state, [time, deadline - 1]).actions).toEqual([]);
      state = run(state, [time, nowMs], [sent, nowMs]).state;
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
    expect(state.phase).toBe('FAILED');
    expect(run(state, [time, nowMs + 1e6], [{ type: 'repeat' }, 0])).toEqual({ state, actions: [] });
  });

  test('the value stays after a loss, and goes back to 1 s after a flight without one', () => {
    const { state } = run(
      createRetransmission('1.2', 'client'),
      [flight('answered'), 0],
      [sent, 0],
      [time, 1000],
      [sent, 1000],
    );
    const next = run(
      state,
      [{ type: 'whole', isLast: false }, 1100],
      [flight('answered'), 1100],
      [sent, 1100],
    ).state;
    expect(next).toMatchObject({ timeoutMs: 2000, deadlineMs: 3100 });
    expect(run(next, [{ type: 'whole', isLast: false }, 1200]).state.timeoutMs).toBe(1000);
  });

  test('§7.1: a flight that stays in pieces is acknowledged after a quarter of the timer', () => {
    const { state } = run(
      createRetransmission('1.3', 'client'),
      [flight('answered'), 0],
      [sent, 0],
      [{ type: 'part' }, 100],
    );
    // What answers our flight has acknowledged it (§7.2).
    expect([state.deadlineMs, nextTimerMs(state)]).toEqual([undefined, 350]);
    expect(run(state, [{ type: 'part' }, 200]).state.ackDeadlineMs).toBe(350);
    const acked = run(state, [time, 350]);
    expect([acked.actions, nextTimerMs(acked.state)]).toEqual([['send-ack'], undefined]);
  });

  test('§7.1: what cannot be read stops no timer, for anyone may have sent it', () => {
    const { state } = run(
      createRetransmission('1.3', 'client'),
      [flight('answered'), 0],
      [sent, 0],
      [{ type: 'unreadable' }, 10],
    );
    expect([state.deadlineMs, state.ackDeadlineMs]).toEqual([1000, 260]);
  });
});
