import { describe, expect, test } from 'vitest';
import { parsePriority, pickByPriority, writePriority } from '.';

describe('RFC 9218', () => {
  test.for([
    ['', 3, false],
    ['u=0', 0, false],
    ['u=1, i', 1, true],
    ['i=?0, u=7', 7, false],
    ['u=8', 3, false],
    ['u=1.0, i=1', 3, false],
    ['u=1, x="y"', 1, false],
    ['u=1,', 3, false],
    ['u=-1, i="1"', 3, false],
    ['u, i', 3, true],
    ['u=1, u=2', 2, false],
    ['u=(1 2), i=?1;x', 3, true],
    ['U=1', 3, false],
  ] as const)('§4: %j', ([value, urgency, incremental]) => {
    expect(parsePriority(value)).toEqual({ urgency, incremental });
    expect(parsePriority(writePriority({ urgency, incremental }))).toEqual({ urgency, incremental });
  });

  test('§10: equals that are not incremental go one after another, incremental ones in turn', () => {
    const stream = (id: number, incremental: boolean, urgency = 3) => ({
      id,
      priority: { urgency, incremental },
    });
    expect(pickByPriority([stream(1, false), stream(3, false)], 3)?.id).toBe(1);
    expect(pickByPriority([stream(1, true), stream(3, true)], 1)?.id).toBe(3);
    expect(pickByPriority([stream(1, true), stream(3, true)], 3)?.id).toBe(1);
    expect(pickByPriority([stream(1, false), stream(3, true, 0)], 0)?.id).toBe(3);
  });
});
