import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PacketIndex, ReplayList } from './index';

describe('RFC 3711 §3.3.1, Appendix A: the index of a packet', () => {
  const at = (roc: number, highest: number) => {
    const index = new PacketIndex(roc);
    index.accept(roc * 0x10000 + highest);
    return index;
  };

  test.each([
    // [ROC, s_l, SEQ, guessed ROC]
    [7, 100, 101, 7],
    [7, 100, 99, 7],
    [7, 100, 100 + 0x8000, 7],
    [7, 100, 101 + 0x8000, 6],
    [7, 0x7fff, 0xffff, 7],
    [7, 0x8000, 0, 7],
    [7, 0x8001, 0, 8],
    [7, 0xffff, 0x7ffe, 8],
    [7, 0xffff, 0x7fff, 7],
    [0, 0, 0xffff, 0xffff_ffff],
    [0xffff_ffff, 0xffff, 0, 0],
  ])('ROC %i, highest %i, number %i: round %i', (roc, highest, sequenceNumber, guessed) => {
    expect(at(roc, highest).estimate(sequenceNumber)).toBe(guessed * 0x10000 + sequenceNumber);
  });

  test('the first packet is of the first round, whatever its number', () => {
    expect(new PacketIndex().estimate(0xffff)).toBe(0xffff);
    expect(new PacketIndex(3).estimate(5)).toBe(0x30005);
  });

  test('late packets move nothing, and those of the round before neither', () => {
    const index = at(1, 5);
    index.accept(0x10004);
    index.accept(0x0ffff);
    expect(index.estimate(6)).toBe(0x10006);
    expect(index).toMatchObject({ roc: 1 });
  });

  test('packets out of order and with gaps keep their index, as long as none is 2^15 away', () => {
    const steps = fc.array(fc.integer({ min: -32_000, max: 32_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 0x20000, max: 0x40000 }), steps, (start, jumps) => {
        const index = new PacketIndex(Math.floor(start / 0x10000));
        let highest = start;
        index.accept(start);
        for (const jump of jumps) {
          const sent = Math.max(0x20000, highest + jump);
          expect(index.estimate(sent % 0x10000)).toBe(sent);
          index.accept(sent);
          highest = Math.max(highest, sent);
        }
      }),
    );
  });
});

describe('RFC 3711 §3.3.2: the replay list', () => {
  test('each index is taken once, and none from behind the window', () => {
    const steps = fc.array(fc.integer({ min: -250, max: 90 }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), steps, (window, jumps) => {
        const list = new ReplayList(window);
        const taken = new Set<number>();
        let highest = -1;
        for (const jump of jumps) {
          const index = Math.max(0, highest + jump);
          const isNew = !taken.has(index) && highest - index < Math.max(64, window);
          expect(list.isNew(index)).toBe(isNew);
          expect(list.accept(index)).toBe(isNew);
          if (isNew) taken.add(index);
          highest = Math.max(highest, index);
        }
      }),
    );
  });

  test('indices of 48 bits', () => {
    const list = new ReplayList();
    expect(list.accept(2 ** 48 - 1)).toBe(true);
    expect(list.accept(2 ** 48 - 64)).toBe(true);
    expect(list.accept(2 ** 48 - 65)).toBe(false);
  });
});
