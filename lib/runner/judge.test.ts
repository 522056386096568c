import { expect, test } from 'vitest';
import { judgeExercise } from './judge';
import { normalise, sameJson, writeValue } from './json';
import { readRunReport, type Json, type RunReport } from './report';

const rounds = (ratio: number) => Math.ceil(Math.log2(ratio));
const stage = {
  checks: [1, 3, 8].map((n) => ({ id: `n${n}`, fn: 'f', args: [n], expected: rounds(n) })),
  mistakes: [
    { id: 'not-whole', fn: 'f', wrong: (n: number) => Math.log2(n) },
    { id: 'floor', fn: 'f', wrong: (n: number) => Math.floor(Math.log2(n)) },
  ],
};
const answers = (...values: Json[]): RunReport => ({
  status: 'finished',
  outcomes: values.map((value) => ({ status: 'returned', value })),
  console: [],
});

test('right answers pass', () => {
  expect(judgeExercise(stage, answers(0, 2, 3))).toMatchObject({ passed: true });
});

test('a known mistake is recognised by its answers on every check', () => {
  expect(judgeExercise(stage, answers(0, 1, 3)).mistake).toBe('floor');
  expect(judgeExercise(stage, answers(0, Math.log2(3), 3)).mistake).toBe('not-whole');
  expect(judgeExercise(stage, answers(0, 1, 4)).mistake).toBeUndefined();
});

test('each check tells what was expected and what came', () => {
  const { passed, checks } = judgeExercise(stage, {
    status: 'finished',
    outcomes: [
      { status: 'returned', value: 0 },
      { status: 'threw', name: 'TypeError', message: 'x', line: 2 },
      { status: 'returned', value: { $: 'NaN' } },
    ],
    console: [],
  });
  expect(passed).toBe(false);
  expect(checks[1]).toMatchObject({ passed: false, error: { name: 'TypeError', line: 2 }, expected: 2 });
  expect(checks[2]).toMatchObject({ passed: false, actual: { $: 'NaN' } });
});

test('a check may judge for itself: differently written right answers pass, and it names the mistake', () => {
  const accept = (answer: Json) =>
    typeof answer === 'string' && answer.trim() === 'x'
      ? { passed: true as const }
      : { passed: false as const, mistake: 'not-x' };
  const own = { checks: [{ id: 'a', fn: 'f', args: [], expected: 'x', accept }], mistakes: [] };
  expect(judgeExercise(own, answers('  x\n'))).toMatchObject({
    passed: true,
    checks: [{ isOneOfMany: true }],
  });
  expect(judgeExercise(own, answers('y'))).toMatchObject({ passed: false, mistake: 'not-x' });
  const stumbles = { ...own.checks[0]!, accept: () => (null as unknown as Json[])[0] as never };
  expect(judgeExercise({ checks: [stumbles], mistakes: [] }, answers('x')).passed).toBe(false);
});

test('a stopped run passes nothing, nor does a stage without checks', () => {
  const report: RunReport = { status: 'stopped', code: 'RUNNER_DEADLINE', message: '', console: [] };
  expect(judgeExercise(stage, report)).toMatchObject({ passed: false });
  expect(judgeExercise({ checks: [], mistakes: [] }, answers()).passed).toBe(false);
});

test.each([
  [0.1 + 0.2, 0.3, true],
  [1e12, 1e12 + 1, false],
  [0.5, 0.5001, false],
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [[1], { 0: 1 }, false],
  [null, 0, false],
  ['1', 1, false],
])('%j and %j are the same: %j', (a, b, same) => {
  expect(sameJson(a as Json, b as Json)).toBe(same);
});

test('what JSON cannot say has a form, and is written as a programmer does', () => {
  const value = normalise({ a: undefined, b: [undefined, NaN, -0, 3n], c: new Uint8Array([1]) });
  expect(value).toEqual({ b: [{ $: 'undefined' }, { $: 'NaN' }, 0, { $: 'bigint', text: '3' }], c: [1] });
  expect(writeValue(value)).toBe('{ b: [undefined, NaN, 0, 3n], c: [1] }');
});

test('a forged or foreign report is not read', () => {
  expect(readRunReport(answers(1), 1)).toBeDefined();
  expect(readRunReport(answers(1), 2)).toBeUndefined();
  expect(readRunReport({ status: 'stopped', code: 'NONSENSE', message: '', console: [] }, 1)).toBeUndefined();
  expect(readRunReport({ status: 'finished', outcomes: [{ status: 'x' }], console: [] }, 1)).toBeUndefined();
  expect(readRunReport(null, 1)).toBeUndefined();
});
