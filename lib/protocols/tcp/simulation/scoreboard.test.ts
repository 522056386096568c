import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Scoreboard } from './scoreboard';

const operation = fc.tuple(
  fc.constantFrom('send', 'send', 'send', 'sack', 'sack', 'ack', 'mark', 'resend', 'lose-all'),
  fc.nat(20),
);

test('RFC 6675 §4: pipe is what is outstanding, neither SACKed nor lost, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 400 }), (operations) => {
      const board = new Scoreboard();
      const sacked = new Set<number>();
      for (const [name, argument] of operations) {
        if (name === 'send') board.sendNext(1, 0, false);
        if (name === 'mark') board.markLost();
        if (name === 'resend' && board.lostCount > 0) board.resend(board.findHole(), 0);
        if (name === 'lose-all') board.loseAll();
        if (name === 'sack') {
          const segment = board.una + 1 + argument;
          const isNews = segment < board.nxt && !sacked.has(segment);
          expect(board.sack(segment)).toBe(isNews ? 1 : 0);
          if (isNews) sacked.add(segment);
        }
        if (name === 'ack') {
          for (let i = 0; i < argument && board.una < board.nxt; i++) {
            const isNews = !sacked.has(board.una);
            expect(board.acknowledgeFirst()).toBe(isNews ? 1 : 0);
          }
        }
        const outstanding = board.nxt - board.una;
        const sackedNow = [...sacked].filter((segment) => segment >= board.una).length;
        expect(board.sackedCount).toBe(sackedNow);
        expect(board.flightBytes).toBe(outstanding);
        expect(board.pipeBytes).toBe(outstanding - sackedNow - board.lostCount);
      }
    }),
  );
});

test('RFC 6675 §4: a hole is lost when three segments above it have arrived', () => {
  const board = new Scoreboard();
  for (let i = 0; i < 10; i++) board.sendNext(1, 0, false);
  board.sack(2);
  board.sack(4);
  board.markLost();
  expect(board.lostCount).toBe(0);
  board.sack(5);
  board.markLost();
  expect([board.lostCount, board.findHole()]).toEqual([2, 0]); // 0 and 1; 3 has only two above it
});
