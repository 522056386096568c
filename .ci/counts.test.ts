import { expect, test } from 'vitest';
import { countVitest } from './counts.mjs';

const file = (status: string, ...statuses: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: statuses.map((it, n) => ({ status: it, fullName: `test ${n}` })),
});

test('passed, failed and skipped tests are counted, skips by name', () => {
  const report = {
    testResults: [file('failed', 'passed', 'failed', 'skipped'), file('passed', 'passed', 'todo')],
  };
  expect(countVitest(report, 1)).toEqual({
    counts: { passed: 2, failed: 1, skipped: 2 },
    skips: ['test 2', 'test 1'],
  });
});

test('a file that cannot be loaded is a failure', () => {
  expect(countVitest({ testResults: [file('failed'), file('passed', 'passed')] }, 1).counts.failed).toBe(1);
});

test('an error outside the tests, no report and no test are failures', () => {
  expect(countVitest({ testResults: [file('passed', 'passed')] }, 1).counts.failed).toBe(1);
  expect(countVitest(undefined, 1).counts.failed).toBe(1);
  expect(countVitest({ testResults: [] }, 0).counts.failed).toBe(1);
  expect(countVitest({ testResults: [file('passed', 'skipped')] }, 0).counts.failed).toBe(1);
});
