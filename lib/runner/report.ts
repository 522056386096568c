/** A value that crosses into the sandbox and back. The same shape as `Json` of lib/labs/define-lab. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One call of a function of the learner's; `fn` is a plain identifier. */
export type RunCall = { fn: string; args: readonly Json[] };

/** What a run may use. Every limit stops the run with a code of its own. */
export type RunLimits = {
  /** From the start of the learner's code to its end, all calls together. RUNNER_DEADLINE */
  deadlineMs: number;
  /** What the engine that runs the learner's code may take beyond what it starts with. RUNNER_MEMORY */
  memoryBytes: number;
  /** RUNNER_CONSOLE_FLOOD */
  consoleLines: number;
  consoleChars: number;
  /** Nodes and characters of one answer. RUNNER_RESULT_TOO_LARGE */
  resultNodes: number;
  resultChars: number;
  /** RUNNER_CODE_TOO_LONG */
  codeChars: number;
};

export const DEFAULT_LIMITS: RunLimits = {
  deadlineMs: 2_000,
  memoryBytes: 32 * 1024 * 1024,
  consoleLines: 200,
  consoleChars: 20_000,
  resultNodes: 10_000,
  resultChars: 100_000,
  codeChars: 20_000,
};

export type RunRequest = { code: string; calls: readonly RunCall[]; limits?: Partial<RunLimits> };

/** Why a run ended before its calls were answered. Stable: messages are at `exercise.stopped.<code>`. */
export const RUNNER_ERROR_CODES = [
  'RUNNER_SYNTAX',
  'RUNNER_NO_FUNCTION',
  'RUNNER_LOAD_THREW',
  'RUNNER_DEADLINE',
  'RUNNER_RECURSION',
  'RUNNER_MEMORY',
  'RUNNER_CONSOLE_FLOOD',
  'RUNNER_RESULT_TOO_LARGE',
  'RUNNER_CODE_TOO_LONG',
  'RUNNER_UNSETTLED',
  'RUNNER_ABORTED',
  'RUNNER_UNAVAILABLE',
] as const;
export type RunnerErrorCode = (typeof RUNNER_ERROR_CODES)[number];

/** How one call ended. `line` is a line of the learner's code, from 1. */
export type Outcome =
  { status: 'returned'; value: Json } | { status: 'threw'; name: string; message: string; line?: number };

export type StoppedRun = {
  status: 'stopped';
  code: RunnerErrorCode;
  /** The engine's own words, or the missing function's name; untranslated, at most 500 characters. */
  message: string;
  line?: number;
  console: readonly string[];
};

/** All that comes out of a run. Plain data. */
export type RunReport =
  { status: 'finished'; outcomes: readonly Outcome[]; console: readonly string[] } | StoppedRun;

/** A run that never reached the learner's code. */
export function stopped(code: RunnerErrorCode, message = ''): StoppedRun {
  return { status: 'stopped', code, message, console: [] };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isConsole = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((line) => typeof line === 'string');
const isLine = (value: unknown) => value === undefined || Number.isInteger(value);

function isOutcome(value: unknown): value is Outcome {
  if (!isRecord(value)) return false;
  if (value['status'] === 'returned') return value['value'] !== undefined;
  return (
    value['status'] === 'threw' &&
    typeof value['name'] === 'string' &&
    typeof value['message'] === 'string' &&
    isLine(value['line'])
  );
}

/** Reads what a sandbox sent; anything that is not a report of so many calls is undefined. */
export function readRunReport(value: unknown, calls: number): RunReport | undefined {
  if (!isRecord(value) || !isConsole(value['console'])) return undefined;
  if (value['status'] === 'finished') {
    const outcomes = value['outcomes'];
    if (!Array.isArray(outcomes) || outcomes.length !== calls || !outcomes.every(isOutcome)) return undefined;
    return { status: 'finished', outcomes, console: value['console'] };
  }
  const code = RUNNER_ERROR_CODES.find((known) => known === value['code']);
  if (value['status'] !== 'stopped' || !code) return undefined;
  if (typeof value['message'] !== 'string' || !isLine(value['line'])) return undefined;
  return {
    status: 'stopped',
    code,
    message: value['message'],
    console: value['console'],
    ...(typeof value['line'] === 'number' && { line: value['line'] }),
  };
}
