import { expect } from 'vitest';
import type { z } from 'zod/mini';
import type { Text } from '@/lib/text';
import type { Lab } from '../define-lab';

/** For tests: fails unless these params run, twice alike, in bounds, and every step and every hint has its sentence. */
export function expectSoundRun<Schema extends z.ZodMiniType, Result>(
  lab: Lab<Schema, Result>,
  params: z.output<Schema>,
  say: Text,
): void {
  expect(lab.params.parse(params)).toEqual(params);
  const result = lab.run(params, { seed: 1 });
  expect(lab.run(params, { seed: 1 })).toEqual(result);
  const steps = lab.steps(result, params);
  expect(steps.length).toBeGreaterThan(0);
  expect(steps.length).toBeLessThan(400);
  for (const [index, { text, timeMs }] of steps.entries()) {
    expect(say(text)).not.toMatch(/^\[|undefined|\{/);
    expect(timeMs).toBeGreaterThanOrEqual(steps[index - 1]?.timeMs ?? 0);
  }
  for (const task of lab.tasks) {
    const { passed, hint } = task.check(result, params);
    if (!passed) expect(hint && say(hint)).toMatch(/^[^[]/);
  }
  for (const { content } of lab.exports(result, params)) expect(content.length).toBeLessThan(3_000_000);
}
