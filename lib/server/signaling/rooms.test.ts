import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '@/lib/sim';
import { isCode, tidyCode, type FromSignaling } from '@/lib/labs/live-peers/signaling-messages';
import { createRooms, SIGNALING_LIMITS, type Visit } from './rooms';

function world() {
  let nowMs = 0;
  const random = createRandom(7);
  const rooms = createRooms({ nowMs: () => nowMs, randomBelow: (count) => random.integer(0, count - 1) });
  const visit = (address = 'a') => {
    const heard: FromSignaling[] = [];
    return { heard, ...rooms.enter({ address, send: (message) => heard.push(message) }) };
  };
  return { rooms, visit, pass: (ms: number) => (nowMs += ms) };
}
const open = { v: 1, type: 'signaling:open' } as const;
const join = (code: string) => ({ v: 1, type: 'signaling:join', code }) as const;
const say = (signal: unknown) => ({ v: 1, type: 'signaling:send', signal }) as const;
const refused = (reason: string) => ({ v: 1, type: 'signaling:refused', reason });

function codeOf(visit: { heard: FromSignaling[] } & Visit): string {
  visit.receive(open);
  const last = visit.heard.at(-1);
  return last?.type === 'signaling:opened' ? last.code : '';
}

test('two who share a code hear one another, and nothing of one another but what was said', () => {
  const { visit } = world();
  const ada = visit('198.51.100.1');
  const ben = visit('198.51.100.2');
  const code = codeOf(ada);
  expect(isCode(code)).toBe(true);
  ben.receive(join(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `));
  ada.receive(say({ type: 'offer', sdp: 'v=0' }));
  ben.receive(say('anything'));
  expect(ada.heard.slice(1)).toEqual([
    { v: 1, type: 'signaling:peer-joined' },
    { v: 1, type: 'signaling:received', signal: 'anything' },
  ]);
  expect(ben.heard).toEqual([
    { v: 1, type: 'signaling:joined' },
    { v: 1, type: 'signaling:received', signal: { type: 'offer', sdp: 'v=0' } },
  ]);
  expect(JSON.stringify([ada.heard, ben.heard])).not.toContain('198.51');
});

test('a third, a wrong code and a code that is none get the same answer', () => {
  const { visit } = world();
  const code = codeOf(visit());
  visit().receive(join(code));
  for (const tried of [code, 'ZZZZZZ', '', 'x'.repeat(10_000), '<script>']) {
    const stranger = visit();
    stranger.receive(join(tried));
    expect(stranger.heard).toEqual([refused('no-room')]);
  }
});

test('who leaves takes the room along, and the other is told', () => {
  const { rooms, visit } = world();
  const ada = visit();
  const ben = visit();
  const code = codeOf(ada);
  ben.receive(join(code));
  ada.leave();
  expect(ben.heard.at(-1)).toEqual({ v: 1, type: 'signaling:peer-left' });
  expect(rooms.count).toBe(0);
  ben.receive(say(1));
  expect(ben.heard.at(-1)).toEqual(refused('no-room'));
  ben.leave();
});

test('a room ends after its time, for both', () => {
  const { rooms, visit, pass } = world();
  const ada = visit();
  codeOf(ada);
  pass(SIGNALING_LIMITS.roomLifetimeMs);
  visit().receive(open);
  expect(ada.heard.at(-1)).toEqual({ v: 1, type: 'signaling:peer-left' });
  expect(rooms.count).toBe(1);
});

test('codes cannot be tried out: an address gets a handful, and all together not many more', () => {
  const { visit } = world();
  const guesser = visit('guesser');
  for (let i = 0; i <= SIGNALING_LIMITS.joinsOfAddress.burst; i++) guesser.receive(join('222222'));
  expect(guesser.heard.at(-1)).toEqual(refused('too-many-tries'));
  expect(guesser.heard.at(-2)).toEqual(refused('no-room'));
  const answers = Array.from({ length: SIGNALING_LIMITS.joins.burst }, (_, i) => {
    const other = visit(`bot ${i}`);
    other.receive(join('222222'));
    return other.heard[0];
  });
  expect(answers.at(-1)).toEqual(refused('too-many-tries'));
});

test('rooms and signals are limited', () => {
  const { rooms, visit } = world();
  for (let i = 0; i < SIGNALING_LIMITS.rooms; i++) visit(`host ${i}`).receive(open);
  const late = visit('late');
  late.receive(open);
  expect(late.heard).toEqual([refused('too-many-rooms')]);
  expect(rooms.count).toBe(SIGNALING_LIMITS.rooms);

  const other = world();
  const ada = other.visit();
  const ben = other.visit();
  ben.receive(join(codeOf(ada)));
  for (let i = 0; i <= SIGNALING_LIMITS.signals; i++) ada.receive(say(i));
  expect(ada.heard.at(-1)).toEqual(refused('too-many-signals'));
  expect(ben.heard).toHaveLength(1 + SIGNALING_LIMITS.signals);
});

test('opening again leaves the old room, so that nobody can fill the house alone', () => {
  const { rooms, visit } = world();
  const ada = visit();
  const first = codeOf(ada);
  const second = codeOf(ada);
  expect(second).not.toBe(first);
  expect(rooms.count).toBe(1);
});

test('whatever is said in whatever order, no signal crosses from one room to another', () => {
  const act = fc.record({
    who: fc.integer({ min: 0, max: 5 }),
    what: fc.constantFrom('open', 'join', 'say', 'leave', 'nonsense'),
    room: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const { visit, rooms } = world();
      const visitors = Array.from({ length: 6 }, (_, i) => ({ ...visit(`${i}`), code: '', partner: -1 }));
      for (const { who, what, room } of acts) {
        const me = visitors[who]!;
        if (what === 'open') me.code = codeOf(me);
        if (what === 'join') me.receive(join(visitors[room]!.code));
        if (what === 'say') me.receive(say({ from: who }));
        if (what === 'leave') me.leave();
        if (what === 'nonsense') me.receive(undefined);
      }
      // Each hears only of its partner: between two "joined" all signals come from one and the same other.
      for (const [index, { heard }] of visitors.entries()) {
        let partner: unknown;
        for (const message of heard) {
          if (message.type !== 'signaling:received') {
            partner = undefined;
            continue;
          }
          const { from } = message.signal as { from: number };
          expect(from).not.toBe(index);
          expect(partner === undefined || partner === from).toBe(true);
          partner = from;
        }
      }
      expect(rooms.count).toBeLessThanOrEqual(6);
    }),
  );
});

test('a code is read as people write it', () => {
  expect(tidyCode(' ab2-3cd ')).toBe('AB23CD');
});
