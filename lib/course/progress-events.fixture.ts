import fc from 'fast-check';
import type { NewProgressEvent, ProgressEvent } from './events';

const lesson = fc.constantFrom('tcp/slow-start', 'tcp/handshake', 'tcp/teardown');
const name = fc.constantFrom('a', 'b', 'constructor');
const answer = fc.constantFrom('1', '2', '3');
const right = fc.boolean();

/** What a page may record, from few names, so that events meet. For tests. */
export const newProgressEvent = (): fc.Arbitrary<NewProgressEvent> =>
  fc.oneof(
    fc.record({ type: fc.constant('lesson:opened' as const), lesson }),
    fc.record({ type: fc.constant('section:read' as const), lesson, section: name }),
    fc.record({ type: fc.constant('prediction:made' as const), lesson, prediction: name, answer, right }),
    fc.record({ type: fc.constant('checkpoint:answered' as const), lesson, checkpoint: name, answer, right }),
    fc.record({ type: fc.constant('task:passed' as const), lesson, lab: name, task: name }),
    fc.record({
      type: fc.constant('exercise:attempted' as const),
      lesson,
      lab: name,
      stage: name,
      passed: right,
      code: answer,
    }),
    fc.record({ type: fc.constant('exercise:solution-shown' as const), lesson, lab: name, stage: name }),
  );

/** A log: ids are unique, times often equal. */
export function progressEvents(size: { minLength?: number } = {}): fc.Arbitrary<ProgressEvent[]> {
  const stamped = fc.tuple(newProgressEvent(), fc.uuid(), fc.integer({ min: 0, max: 5 }));
  return fc
    .uniqueArray(stamped, { ...size, maxLength: 20, selector: ([, id]) => id })
    .map((log) => log.map(([event, id, minute]) => ({ ...event, id, at: `2026-01-01T00:0${minute}:00Z` })));
}
