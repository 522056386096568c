import { expect, test } from 'vitest';
import type { Listener, ListenerConfig, ListenerResult } from '.';
import { checkSynCookie, createListener, createSynCookie, segmentOf, stepListener } from '.';

const syn = (seq: number) => segmentOf({ seq, syn: true, mss: 1400 });

/** A listener after `count` SYNs from addresses that will never answer. */
function flooded(count: number, config: Partial<ListenerConfig>): Listener {
  let listener = createListener(config);
  for (let i = 0; i < count; i++) {
    listener = stepListener(listener, { from: `203.0.113.${i}:4000`, segment: syn(i) }, 10).listener;
  }
  return listener;
}

function shakeHands(listener: Listener, nowMs: number, answerAfterMs = 100): ListenerResult[] {
  const first = stepListener(listener, { from: '192.0.2.1:49152', segment: syn(100) }, nowMs);
  const synAck = first.out[0]?.segment;
  if (!synAck) return [first];
  const ack = segmentOf({ seq: 101, ack: synAck.seq + 1 });
  return [
    first,
    stepListener(first.listener, { from: '192.0.2.1:49152', segment: ack }, nowMs + answerAfterMs),
  ];
}

test('a handshake with room in the backlog', () => {
  const last = shakeHands(createListener(), 0).at(-1);
  expect(last?.listener).toMatchObject({
    halfOpen: [],
    accepted: [{ irs: 100, mss: 1400, byCookie: false }],
  });
});

test('a SYN flood fills the backlog, and an honest SYN gets no answer until it is forgotten (RFC 4987 §2)', () => {
  const listener = flooded(100, { backlog: 8 });
  expect(listener.halfOpen.length).toBe(8);
  expect(shakeHands(listener, 1000)).toMatchObject([{ out: [], note: { rule: 'listener.backlog-full' } }]);
  expect(shakeHands(listener, 64_000).at(-1)?.listener.accepted.length).toBe(1);
});

test('with cookies the honest client connects through the flood, and nothing is remembered (RFC 4987 §3.6)', () => {
  const [first, second] = shakeHands(flooded(100, { backlog: 8, cookies: true }), 1000);
  expect(first?.note).toMatchObject({ rule: 'listener.cookie-sent', halfOpen: 8 });
  expect(second?.note.rule).toBe('listener.cookie-right');
  expect(second?.listener.accepted).toMatchObject([{ irs: 100, mss: 1400, byCookie: true }]);
});

test('a cookie is good for its peer, its ISN and two ticks; a guess is answered by a reset', () => {
  const cookie = createSynCookie(7, 'a:1', 100, 1460, 1000);
  expect(checkSynCookie(7, 'a:1', 100, cookie, 60_000)).toBe(1460);
  expect(checkSynCookie(7, 'a:1', 100, cookie, 127_999)).toBe(1460);
  expect(checkSynCookie(7, 'a:1', 100, cookie, 128_000)).toBe(undefined);
  expect(checkSynCookie(7, 'b:1', 100, cookie, 1000)).toBe(undefined);
  expect(checkSynCookie(7, 'a:1', 101, cookie, 1000)).toBe(undefined);
  expect(checkSynCookie(8, 'a:1', 100, cookie, 1000)).toBe(undefined);
  const guess = { from: 'a:1', segment: segmentOf({ seq: 101, ack: 12_345 }) };
  const result = stepListener(createListener({ cookies: true }), guess, 0);
  expect(result.note.rule).toBe('listener.cookie-wrong');
  expect(result.out).toMatchObject([{ segment: { rst: true, seq: 12_345 } }]);
});

test('a reset frees its place only with the number that the SYN-ACK asked for', () => {
  const listener = flooded(1, {});
  const reset = (seq: number) => ({ from: '203.0.113.0:4000', segment: segmentOf({ seq, rst: true }) });
  expect(stepListener(listener, reset(50), 20).listener.halfOpen.length).toBe(1);
  expect(stepListener(listener, reset(1), 20).listener.halfOpen.length).toBe(0);
});
