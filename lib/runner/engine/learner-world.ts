import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import { writeValue } from '../json';
import type { Json, RunLimits, RunnerErrorCode, StoppedRun } from '../report';
import { HARNESS } from './harness';

/** The file name that the learner's code has in stacks. */
const FILE = 'learner.ts';
/** Room to describe an error after the learner has used up all of theirs. */
const RESERVE_BYTES = 1024 * 1024;
/** A heap that has not this much left is full. */
const PROBE_BYTES = 64 * 1024;
const STACK_BYTES = 256 * 1024;

/** What was thrown, told in text; `line` is the learner's innermost. */
export type Thrown = { name: string; message: string; line?: number };
type Result = { value: QuickJSHandle } | { thrown: Thrown };

/** Ends a run from anywhere inside it. */
export class Stop extends Error {
  readonly stop: RunnerErrorCode;
  readonly line: number | undefined;
  constructor(code: RunnerErrorCode, message = '', line?: number) {
    super(message);
    this.stop = code;
    this.line = line;
  }
}

/**
 * One JavaScript world for one run: a QuickJS runtime with a heap limit and a deadline, and the harness inside
 * it. Every method throws `Stop` when a limit is reached. It is never disposed of: after some failures QuickJS
 * aborts on disposal, so whoever made the module throws the whole module away.
 */
export class LearnerWorld {
  readonly console: string[] = [];
  private readonly runtime: QuickJSRuntime;
  private readonly context: QuickJSContext;
  private readonly limits: RunLimits;
  private readonly encode: QuickJSHandle;
  private readonly describe: QuickJSHandle;
  private readonly call: QuickJSHandle;
  private readonly useHeap: QuickJSHandle;
  private readonly reserve: QuickJSHandle;
  private consoleChars = 0;
  private stopCode: RunnerErrorCode | undefined;

  constructor(quickjs: QuickJSWASMModule, limits: RunLimits, now: () => number) {
    this.limits = limits;
    this.runtime = quickjs.newRuntime();
    this.runtime.setMemoryLimit(limits.memoryBytes);
    this.runtime.setMaxStackSize(STACK_BYTES);
    this.context = this.runtime.newContext();
    const context = this.context;
    const print = context.newFunction('print', (text) => this.print(context.getString(text)));
    const harness = context.unwrapResult(
      context.callFunction(
        context.unwrapResult(context.evalCode(HARNESS, 'harness.js')),
        context.undefined,
        print,
        context.newNumber(limits.resultNodes),
        context.newNumber(limits.resultChars),
      ),
    );
    this.encode = context.getProp(harness, 'encode');
    this.describe = context.getProp(harness, 'describe');
    this.call = context.getProp(harness, 'call');
    this.useHeap = context.getProp(harness, 'useHeap');
    this.reserve = context.newArrayBuffer(new ArrayBuffer(RESERVE_BYTES));
    const endsAt = now() + limits.deadlineMs;
    this.runtime.setInterruptHandler(() => {
      if (now() > endsAt) this.stopCode ??= 'RUNNER_DEADLINE';
      return this.stopCode !== undefined;
    });
  }

  /** Compiles and runs the learner's code; a syntax error stops the run. */
  load(code: string): void {
    const compiled = this.guard(() => this.context.evalCode(code, FILE, { compileOnly: true }));
    if ('thrown' in compiled) throw new Stop('RUNNER_SYNTAX', compiled.thrown.message, compiled.thrown.line);
    const loaded = this.guard(() => this.context.evalCode(code, FILE));
    this.pump();
    if ('thrown' in loaded) throw new Stop('RUNNER_LOAD_THREW', wordsOf(loaded.thrown), loaded.thrown.line);
  }

  /** A function of the learner's, declared or exported under this name. */
  find(name: string): QuickJSHandle {
    const found = this.guard(() =>
      this.context.evalCode(`typeof ${name} === 'function' ? ${name} : exports.${name}`, 'find.js'),
    );
    if ('thrown' in found || this.context.typeof(found.value) !== 'function')
      throw new Stop('RUNNER_NO_FUNCTION', name);
    return found.value;
  }

  /** Calls it with fresh copies of the arguments; a promise is waited for. */
  invoke(fn: QuickJSHandle, args: readonly Json[]): { value: Json } | { thrown: Thrown } {
    const json = this.context.newString(JSON.stringify(args));
    const returned = this.guard(() => this.context.callFunction(this.call, this.context.undefined, fn, json));
    this.pump();
    if ('thrown' in returned) return returned;
    const settled = this.settle(returned.value);
    if ('thrown' in settled) return settled;
    const encoded = this.guard(() =>
      this.context.callFunction(this.encode, this.context.undefined, settled.value),
    );
    if ('thrown' in encoded) return encoded;
    if (this.context.typeof(encoded.value) !== 'string') throw new Stop('RUNNER_RESULT_TOO_LARGE');
    return { value: JSON.parse(this.context.getString(encoded.value)) as Json };
  }

  private settle(value: QuickJSHandle): Result {
    const state = this.context.getPromiseState(value);
    if (state.type === 'fulfilled') return { value: state.value };
    if (state.type === 'rejected') return { thrown: this.describeThrown(state.error) };
    throw new Stop('RUNNER_UNSETTLED');
  }

  /** Runs what promises left to do, a few at a time: a chain without end is stopped like any other loop. */
  private pump(): void {
    while (this.runtime.hasPendingJob()) this.guard(() => this.runtime.executePendingJobs(100));
  }

  /** Runs guest code; tells errors of the engine (limits) from errors of the learner's. */
  private guard(
    run: () => { error?: QuickJSHandle | undefined; value?: unknown },
  ): { value: QuickJSHandle } | { thrown: Thrown } {
    let result;
    try {
      result = run();
    } catch (error) {
      throw hostStop(error);
    }
    if (this.stopCode) throw new Stop(this.stopCode);
    if (!result.error) return { value: result.value as QuickJSHandle };
    const thrown = this.describeThrown(result.error);
    if (thrown.name === 'InternalError' && thrown.message === 'stack overflow')
      throw new Stop('RUNNER_RECURSION', '', thrown.line);
    if (thrown.name === 'InternalError' && /out of memory|string too long/.test(thrown.message))
      throw new Stop('RUNNER_MEMORY', '', thrown.line);
    return { thrown };
  }

  private describeThrown(error: QuickJSHandle): Thrown {
    this.runtime.setMemoryLimit(this.limits.memoryBytes + RESERVE_BYTES);
    try {
      // What QuickJS throws when there is no room for an error.
      if (this.context.sameValue(error, this.context.null) && this.isHeapFull())
        throw new Stop('RUNNER_MEMORY');
      const describe = () => this.context.callFunction(this.describe, this.context.undefined, error);
      let told = describe();
      if (told.error && this.reserve.alive) {
        this.reserve.dispose();
        told = describe();
      }
      if (this.stopCode) throw new Stop(this.stopCode);
      // It catches whatever the learner's values throw at it; what is left is a heap that is full.
      if (told.error) throw new Stop('RUNNER_MEMORY');
      const [name, message, stack] = JSON.parse(this.context.getString(told.value)) as [
        string,
        string,
        string,
      ];
      const line = /learner\.ts:(\d+)/.exec(stack)?.[1];
      return {
        name: name.slice(0, 100),
        message: message.slice(0, 500),
        ...(line && { line: Number(line) }),
      };
    } catch (failure) {
      throw failure instanceof Stop ? failure : hostStop(failure);
    } finally {
      this.runtime.setMemoryLimit(this.limits.memoryBytes);
    }
  }

  private isHeapFull(): boolean {
    const { context } = this;
    return (
      context.callFunction(this.useHeap, context.undefined, context.newNumber(PROBE_BYTES)).error !==
      undefined
    );
  }

  private print(json: string): undefined {
    if (this.stopCode) return undefined;
    const values = JSON.parse(json) as Json[];
    const line = values.map(consoleText).join(' ');
    this.consoleChars += line.length;
    if (this.console.length >= this.limits.consoleLines || this.consoleChars > this.limits.consoleChars) {
      this.stopCode = 'RUNNER_CONSOLE_FLOOD';
      throw new Error('console');
    }
    this.console.push(line);
    return undefined;
  }
}

/** The harness wraps a text in a list of one, to tell it from what has to be written as a value. */
function consoleText(value: Json): string {
  if (Array.isArray(value) && value.length === 1 && typeof value[0] === 'string') return value[0];
  return writeValue(value);
}

const wordsOf = (thrown: Thrown) => [thrown.name, thrown.message].filter(Boolean).join(': ');

/** What the host sees when the engine itself gives way: its stack (deep parsing), or its memory. */
function hostStop(error: unknown): Stop {
  if (error instanceof Stop) return error;
  const recursion = error instanceof RangeError && /call stack/i.test(error.message);
  return new Stop(recursion ? 'RUNNER_RECURSION' : 'RUNNER_MEMORY');
}

/** The report of a run that a limit or a mistake ended. */
export function reportOf(stop: Stop, console: readonly string[]): StoppedRun {
  return {
    status: 'stopped',
    code: stop.stop,
    message: stop.message,
    console,
    ...(stop.line !== undefined && { line: stop.line }),
  };
}
