/** Runs code that a learner wrote, and judges its answers. What counts is what crosses: plain data. */
export { runLearnerCode } from './browser/run';
export { callsOf, judgeExercise } from './judge';
export type { JudgedCheck, JudgedStage, Judgement } from './judge';
export { writeValue } from './json';
export { DEFAULT_LIMITS, RUNNER_ERROR_CODES } from './report';
export type { Json, Outcome, RunCall, RunLimits, RunnerErrorCode, RunReport, RunRequest } from './report';
