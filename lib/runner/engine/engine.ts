import type { QuickJSWASMModule } from 'quickjs-emscripten-core';
import { DEFAULT_LIMITS, type Outcome, type RunReport, type RunRequest, stopped } from '../report';
import { LearnerWorld, reportOf, Stop } from './learner-world';
import { stripTypes } from './strip-types';

/**
 * Runs a request to its end in a QuickJS module: the same in the browser's worker and on the server. Never
 * throws. The module must not be used again. `now` is a clock in ms; `onStarted` is called when the learner's
 * code is about to begin. QuickJS looks at its deadline between steps of the program only; a built-in that
 * runs for ever (sorting a sparse array of 4 × 10⁹) has to be ended from outside.
 */
export function runInEngine(
  quickjs: QuickJSWASMModule,
  request: RunRequest,
  { now, onStarted }: { now: () => number; onStarted?: () => void },
): RunReport {
  const limits = { ...DEFAULT_LIMITS, ...request.limits };
  if (request.code.length > limits.codeChars) return stopped('RUNNER_CODE_TOO_LONG');
  const stripped = stripTypes(request.code);
  if ('error' in stripped) {
    const { error, line } = stripped;
    return { ...stopped('RUNNER_SYNTAX', error), ...(line !== undefined && { line }) };
  }
  let world: LearnerWorld | undefined;
  try {
    onStarted?.();
    world = new LearnerWorld(quickjs, limits, now);
    world.load(stripped.code);
    const outcomes: Outcome[] = [];
    for (const { fn, args } of request.calls) {
      if (!/^[A-Za-z_]\w*$/.test(fn)) throw new Stop('RUNNER_NO_FUNCTION', fn);
      const answer = world.invoke(world.find(fn), args);
      if ('value' in answer) outcomes.push({ status: 'returned', value: answer.value });
      else outcomes.push({ status: 'threw', ...answer.thrown });
    }
    return { status: 'finished', outcomes, console: world.console };
  } catch (error) {
    const stop = error instanceof Stop ? error : new Stop('RUNNER_MEMORY');
    return reportOf(stop, world?.console ?? []);
  }
}
