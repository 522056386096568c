import { normalise, sameJson } from './json';
import type { Json, RunReport } from './report';

/** What is asked of the learner's functions: a stage of an exercise of lib/labs/define-lab. */
export type JudgedStage = {
  checks: readonly {
    id: string;
    fn: string;
    args: readonly Json[];
    expected: Json;
    accept?(answer: Json): { passed: true } | { passed: false; mistake?: string };
  }[];
  mistakes: readonly { id: string; fn: string; wrong(...args: never[]): Json }[];
};

export type JudgedCheck = {
  id: string;
  fn: string;
  args: readonly Json[];
  expected: Json;
  passed: boolean;
  /** Other answers are right as well: `expected` is one of them. */
  isOneOfMany?: true;
  /** The known mistake that the check itself recognised. */
  mistake?: string;
  /** What the function answered; absent if it threw or was never called. */
  actual?: Json;
  error?: { name: string; message: string; line?: number };
};

export type Judgement = {
  passed: boolean;
  checks: readonly JudgedCheck[];
  /** The id of the known mistake that gives just these answers. */
  mistake?: string;
};

/** The calls that a stage asks for, in the order that `judgeExercise` expects their outcomes in. */
export function callsOf(stage: JudgedStage): { fn: string; args: readonly Json[] }[] {
  return stage.checks.map(({ fn, args }) => ({ fn, args }));
}

/**
 * Compares what a run answered with what our engine answers. Pure; the learner's code never sees `expected`.
 * A stage without checks is never passed.
 */
export function judgeExercise(stage: JudgedStage, report: RunReport): Judgement {
  const outcomes = report.status === 'finished' ? report.outcomes : [];
  const checks = stage.checks.map((check, index): JudgedCheck => {
    const outcome = outcomes[index];
    const expected = normalise(check.expected);
    const { accept } = check;
    const base = {
      ...{ id: check.id, fn: check.fn, args: check.args, expected, passed: false },
      ...(accept && { isOneOfMany: true as const }),
    };
    if (outcome === undefined) return base;
    if (outcome.status === 'returned' && accept)
      return { ...base, actual: outcome.value, ...verdictOf(accept, outcome.value) };
    if (outcome.status === 'returned')
      return { ...base, actual: outcome.value, passed: sameJson(outcome.value, expected) };
    const { name, message, line } = outcome;
    return { ...base, error: { name, message, ...(line !== undefined && { line }) } };
  });
  const passed = checks.length > 0 && checks.every((check) => check.passed);
  const mistake = passed
    ? undefined
    : (checks.find((check) => check.mistake !== undefined)?.mistake ?? findMistake(stage, checks));
  return { passed, checks, ...(mistake !== undefined && { mistake }) };
}

/** A check may stumble over an answer that it was not written for: that answer is wrong. */
function verdictOf(
  accept: (answer: Json) => { passed: boolean; mistake?: string },
  answer: Json,
): { passed: boolean; mistake?: string } {
  try {
    return accept(answer);
  } catch {
    return { passed: false };
  }
}

/**
 * A mistake is recognised when, on every check of its function, the learner answered as the mistake does, and
 * the mistake is wrong on at least one of them. The first that fits is told.
 */
function findMistake(stage: JudgedStage, checks: readonly JudgedCheck[]): string | undefined {
  return stage.mistakes.find((mistake) => {
    const own = checks.filter((check) => check.fn === mistake.fn);
    let differs = false;
    for (const check of own) {
      if (check.actual === undefined || check.isOneOfMany) return false;
      const wrong = answerOf(mistake, check.args);
      if (wrong === undefined || !sameJson(check.actual, wrong)) return false;
      differs ||= !sameJson(wrong, check.expected);
    }
    return differs;
  })?.id;
}

/** Our own model of a mistake may throw on arguments that it was not written for: then it does not fit. */
function answerOf(mistake: JudgedStage['mistakes'][number], args: readonly Json[]): Json | undefined {
  try {
    const wrong = mistake.wrong as (...args: readonly Json[]) => unknown;
    return normalise(wrong(...structuredClone(args)));
  } catch {
    return undefined;
  }
}
