import type { ComponentType } from 'react';
import type * as z from 'zod/mini';
import type { MessageRef } from '@/lib/text/text';
import type { LabWire } from './wire';

/** The answer of a task's check. `hint` names what to look at: which octet, which round. */
export type Verdict = { passed: boolean; hint?: MessageRef };

/** One position of a run: the frame steps and scrubs through these and reads them out as the text reading. */
export type Step = { text: MessageRef; timeMs?: number };

/** Something the learner must make happen. `prompt` is a message key below `labs.<id>`. */
export type Task<Params, Result> = {
  id: string;
  prompt: string;
  check(result: Result, params: Params): Verdict;
};

/**
 * A question asked before a run: "with these settings, what will happen?". `set` is what the run changes;
 * `answer` is computed from the run's result, never typed in. A number is right within `tolerance` (a share,
 * 0 for exact); a choice is one of `options`, whose texts are at `predictions.<id>.options.<option>`.
 */
export type Prediction<Params, Result> = {
  id: string;
  set: Partial<Params>;
} & (
  | { kind: 'number'; unit: string; tolerance?: number; answer(result: Result, params: Params): number }
  | { kind: 'choice'; options: readonly string[]; answer(result: Result, params: Params): string }
);

/** One file that the learner takes away. */
export type LabExport = { filename: string; mediaType: string; content: string | Uint8Array };

/** What is real in a lab, and what is simplified; texts are keys below `labs.<id>`. */
export type Truth = {
  real: readonly string[];
  simplified: readonly { what: string; why: string; ref: string }[];
};

/** A value that crosses into the learner's sandbox and back. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a check says of an answer that it judges itself; `mistake` is the id of the one it recognises. */
export type ExerciseVerdict = { passed: true } | { passed: false; mistake?: string };

/** One call of the learner's function, and what it should answer (computed by our engine). */
export type ExerciseCheck = {
  id: string;
  fn: string;
  args: readonly Json[];
  expected: Json;
  /** Where many answers are right: judges the learner's; `expected` is then one of the right ones, and shown as such. */
  accept?(answer: Json): ExerciseVerdict;
};

/**
 * A common mistake: how a wrong implementation answers the checks. If a learner's answers are those of
 * `wrong` on every check where it differs from the right one, the hint is `mistakes.<id>`. A check with `accept` names
 * the mistake itself, and `wrong` is there to show that it does.
 */
export type ExerciseMistake = { id: string; fn: string; wrong(...args: never[]): Json };

/** Code that the learner writes; it runs in lib/runner. Stages follow one another in the same editor. */
export type Exercise = {
  stages: readonly {
    id: string;
    /** TypeScript that the learner starts from, and one solution. */
    starter: string;
    solution: string;
    checks: readonly ExerciseCheck[];
    mistakes: readonly ExerciseMistake[];
    /** How many graded hints there are, at `exercise.<stage>.hints.<n>` from 1. */
    hints: number;
  }[];
};

export type Chapter =
  'foundations' | 'latency' | 'tcp' | 'udp-nat' | 'tls' | 'http' | 'browser' | 'sse' | 'websocket' | 'webrtc';

/** The course's six layers; each has one hue everywhere (lib/ui/theme). */
export type Layer = 'link' | 'ip' | 'transport' | 'security' | 'http' | 'application';

export type Lab<Schema extends z.ZodMiniType = z.ZodMiniType, Result = unknown> = {
  /** Permanent: progress, addresses and embeds store it. */
  id: string;
  chapter: Chapter;
  /** The layer whose hue it wears. */
  layer: Layer;
  /** Message keys below `labs.<id>`. */
  title: string;
  summary: string;
  /** Further parts of the catalogue that it speaks: what several labs share, such as `labs.exchange-view`. */
  sharedMessages?: readonly string[];
  /** Everything that can be set, with defaults; goes into the capsule. */
  params: Schema;
  /** Pure and deterministic: the same params and seed give the same result, for ever. */
  run(params: z.output<Schema>, context: { seed: number }): Result;
  /** The run as a sequence of positions; at least one. */
  steps(result: Result, params: z.output<Schema>): readonly Step[];
  predictions: readonly Prediction<z.output<Schema>, Result>[];
  tasks: readonly Task<z.output<Schema>, Result>[];
  exports(result: Result, params: z.output<Schema>): readonly LabExport[];
  exercise?: Exercise;
  /** Octets that the learner may send to a real peer, and how its answer is read. */
  wire?: LabWire<z.output<Schema>, Result>;
  truth: Truth;
};

/** Gives a lab its types; checks nothing at run time (labs/catalogue.test.ts does, for all of them). */
export function defineLab<Schema extends z.ZodMiniType, Result>(
  lab: Lab<Schema, Result>,
): Lab<Schema, Result> {
  return lab;
}

/**
 * What a lab's picture gets, and nothing else. `at` is the step shown, from 0; a view draws the run up to it.
 * `setParams` takes a part and keeps the rest.
 */
export type LabViewProps<Params, Result> = {
  params: Params;
  setParams(change: Partial<Params>): void;
  result: Result;
  at: number;
  setAt(step: number): void;
};

/** The default export of a lab's view.tsx. */
export type LabView<L> =
  L extends Lab<infer Schema, infer Result> ? ComponentType<LabViewProps<z.output<Schema>, Result>> : never;

/**
 * What a lab's live part gets: the default export of its live.tsx, a second picture for what only a browser can do
 * (EventSource, WebSocket, RTCPeerConnection). It may use the DOM, timers and the network, is never drawn on the
 * server, and has no `at`: what is live cannot be stepped. `result` is the run of the same params, to compare with.
 * What it opens it closes when it is unmounted. `origin` is the app's own, as `http://localhost:3000`: in a
 * sandboxed embed `location.origin` is "null". See docs/decisions/0008.
 */
export type LabLiveProps<Params, Result> = Pick<
  LabViewProps<Params, Result>,
  'params' | 'setParams' | 'result'
> & { origin: string };

/** The default export of a lab's live.tsx. */
export type LabLive<L> =
  L extends Lab<infer Schema, infer Result> ? ComponentType<LabLiveProps<z.output<Schema>, Result>> : never;
