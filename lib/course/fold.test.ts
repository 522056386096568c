import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProgressEvent } from './events';
import { addsNothing, foldProgress } from './fold';
import { progressEvents } from './progress-events.fixture';

test('any order and any repetition of a log folds to the same state', () => {
  fc.assert(
    fc.property(
      progressEvents().chain((log) =>
        fc.tuple(fc.constant(log), fc.shuffledSubarray(log, { minLength: log.length }), fc.subarray(log)),
      ),
      ([log, shuffled, repeated]) => {
        expect(foldProgress([...repeated, ...shuffled])).toEqual(foldProgress(log));
      },
    ),
  );
});

test('the logs of two devices fold to the fold of their union', () => {
  fc.assert(
    fc.property(progressEvents(), fc.func(fc.integer({ min: 0, max: 2 })), (log, holder) => {
      const laptop = log.filter((event) => holder(event.id) !== 0);
      const phone = log.filter((event) => holder(event.id) !== 1);
      expect(foldProgress([...phone, ...laptop])).toEqual(foldProgress(log));
    }),
  );
});

test('an event that adds nothing leaves what counts as it was', () => {
  fc.assert(
    fc.property(progressEvents({ minLength: 1 }), (log) => {
      const [event, ...others] = log as [ProgressEvent, ...ProgressEvent[]];
      const before = foldProgress(others);
      if (!addsNothing(before, event)) return;
      const strip = (each: readonly ProgressEvent[]) =>
        Object.fromEntries(
          Object.entries(foldProgress(each)).map(
            ([lesson, { firstAt: _f, lastAt: _l, lastId: _i, ...rest }]) => [lesson, rest],
          ),
        );
      expect(strip(log)).toEqual(strip(others));
    }),
  );
});

const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`;
const lesson = 'tcp/slow-start';

test('the first prediction is kept beside the latest, whichever arrives first', () => {
  const made = { lesson, type: 'prediction:made', prediction: 'rounds' } as const;
  const state = foldProgress([
    { ...made, id: 'b', at: at(2), answer: '3', right: true },
    { ...made, id: 'a', at: at(1), answer: '7', right: false },
  ]);
  expect(state[lesson]?.predictions.rounds).toEqual({
    firstAnswer: '7',
    firstRight: false,
    answer: '3',
    right: true,
    everRight: true,
    tries: 2,
  });
});

test('a passed exercise stays passed after a later failing attempt', () => {
  const attempt = {
    lesson,
    type: 'exercise:attempted',
    lab: 'slow-start',
    stage: 'rounds',
    code: '',
  } as const;
  const state = foldProgress([
    { ...attempt, id: 'a', at: at(1), passed: true },
    { ...attempt, id: 'b', at: at(2), passed: false },
  ]);
  expect(state[lesson]?.exercises['slow-start.rounds']).toEqual({
    attempts: 2,
    passed: true,
    solutionShown: false,
  });
});

test('names that are properties of every object are names like others', () => {
  const state = foldProgress([{ id: 'a', at: at(1), lesson, type: 'section:read', section: 'constructor' }]);
  expect(addsNothing(state, { lesson, type: 'section:read', section: 'constructor' })).toBe(true);
  expect(addsNothing(state, { lesson, type: 'section:read', section: 'valueof' })).toBe(false);
});
