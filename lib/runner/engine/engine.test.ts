import { expect, test } from 'vitest';
import { runInProcess } from './in-process';
import type { RunLimits } from '../report';

const run = (code: string, args: unknown[][] = [[]], limits: Partial<RunLimits> = {}) =>
  runInProcess({
    code,
    calls: args.map((list) => ({ fn: 'f', args: list as never[] })),
    limits: { deadlineMs: 300, ...limits },
  });

test('TypeScript runs, with the answers of every call and the console', async () => {
  const code = `interface S { cwnd: number }
export function f(s: S): S { console.log('cwnd', s.cwnd, s); return { cwnd: s.cwnd * 2 }; }`;
  expect(await run(code, [[{ cwnd: 1 }], [{ cwnd: 4 }]])).toEqual({
    status: 'finished',
    outcomes: [
      { status: 'returned', value: { cwnd: 2 } },
      { status: 'returned', value: { cwnd: 8 } },
    ],
    console: ['cwnd 1 { cwnd: 1 }', 'cwnd 4 { cwnd: 4 }'],
  });
});

test.each([
  ['a const', 'const f = (a: number) => 7'],
  ['an export list', 'const g = () => 7; export { g as f }'],
  ['an async function', 'async function f() { await null; return 7 }'],
])('a function may be written as %s', async (_name, code) => {
  expect(await run(code)).toMatchObject({ outcomes: [{ status: 'returned', value: 7 }] });
});

test.each([
  ['undefined', { $: 'undefined' }],
  ['NaN', { $: 'NaN' }],
  ['-Infinity', { $: '-Infinity' }],
  ['-0', 0],
  ['12n', { $: 'bigint', text: '12' }],
  ['new Uint8Array([1, 255])', [1, 255]],
  ['new Float64Array([NaN])', [{ $: 'NaN' }]],
  ['({ a: undefined, b: [undefined] })', { b: [{ $: 'undefined' }] }],
  ['(() => 1)', { $: 'function' }],
  ['(() => { const a: any = {}; a.a = a; return a })()', { a: { $: 'circular' } }],
  ['({ then: 1 })', { then: 1 }],
])('%s crosses in its documented form', async (expression, value) => {
  expect(await run(`function f() { return ${expression} }`)).toMatchObject({
    outcomes: [{ status: 'returned', value }],
  });
});

test.each([
  ['RUNNER_DEADLINE', 'function f() { for (;;); }'],
  ['RUNNER_DEADLINE', 'function f() { try { for (;;); } finally { for (;;); } }'],
  ['RUNNER_DEADLINE', 'function f() { return /^(a+)+$/.test("a".repeat(40) + "b") }'],
  ['RUNNER_DEADLINE', 'const g = () => Promise.resolve().then(g); function f() { return g() }'],
  ['RUNNER_DEADLINE', 'function f() { return new Proxy({}, { ownKeys() { for (;;); } }) }'],
  ['RUNNER_DEADLINE', 'for (;;);'],
  ['RUNNER_RECURSION', 'function f() { return f() + 1 }'],
  ['RUNNER_RECURSION', 'function f() { return eval("(".repeat(1e5) + "1" + ")".repeat(1e5)) }'],
  [
    'RUNNER_RECURSION',
    'function f() { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return JSON.stringify(a) }',
  ],
  ['RUNNER_MEMORY', 'const a = []; function f() { for (;;) a.push(new Array(1e4).fill(0)) }'],
  ['RUNNER_MEMORY', 'const a = []; for (let i = 0; ; i++) a.push(("x" + i).padEnd(1e6))'],
  ['RUNNER_MEMORY', 'function f() { let s = "x"; for (;;) s += s }'],
  ['RUNNER_MEMORY', 'const a = []; function f() { for (;;) a.push(new Uint8Array(1e8).fill(1)) }'],
  ['RUNNER_CONSOLE_FLOOD', 'function f() { for (;;) console.log("x") }'],
  ['RUNNER_CONSOLE_FLOOD', 'function f() { for (;;) try { console.log("x") } catch {} }'],
  ['RUNNER_RESULT_TOO_LARGE', 'function f() { return new Array(2e4).fill(0) }'],
  ['RUNNER_RESULT_TOO_LARGE', 'function f() { return "x".repeat(2e5) }'],
  ['RUNNER_RESULT_TOO_LARGE', 'function f() { return new Proxy([], { get: () => 1e9 }) }'],
  ['RUNNER_NO_FUNCTION', 'const g = 1'],
  ['RUNNER_NO_FUNCTION', 'const f = 1'],
  ['RUNNER_LOAD_THREW', 'null.x; function f() {}'],
  ['RUNNER_LOAD_THREW', 'import { x } from "y"; x(); function f() {}'],
  ['RUNNER_UNSETTLED', 'function f() { return new Promise(() => {}) }'],
  ['RUNNER_CODE_TOO_LONG', 'x'.repeat(20_001)],
])(
  '%s: %s',
  async (code, source) => {
    const deadlineMs = code === 'RUNNER_DEADLINE' ? 200 : 20_000;
    const memoryBytes = code === 'RUNNER_MEMORY' ? 4 * 1024 * 1024 : 32 * 1024 * 1024;
    expect(await run(source, [[]], { deadlineMs, memoryBytes })).toMatchObject({ status: 'stopped', code });
  },
  30_000,
);

test.each([
  ['function f() {\n  let x = ;\n}', 2],
  ['function f(): number {\n\n  return 1 +;\n}', 3],
  ['let a = 1;\nlet a = 2;', 2],
])('RUNNER_SYNTAX names the line', async (source, line) => {
  expect(await run(source)).toMatchObject({ status: 'stopped', code: 'RUNNER_SYNTAX', line });
});

test.each([
  ['throw null', '', 'null'],
  ['throw "no"', '', 'no'],
  ['throw undefined', '', '{"$":"undefined"}'],
  ['throw new TypeError("no")', 'TypeError', 'no'],
  ['throw new Proxy({}, { get() { throw 1 }, ownKeys() { throw 2 } })', '', '{}'],
  ['return { get a() { throw new RangeError("odd") } }', 'RangeError', 'odd'],
  ['return Promise.reject(new Error("late"))', 'Error', 'late'],
  ['return fetch("/")', 'ReferenceError', "'fetch' is not defined"],
  ['return new WebSocket("ws://x")', 'ReferenceError', "'WebSocket' is not defined"],
  ['return importScripts("x")', 'ReferenceError', "'importScripts' is not defined"],
])('%s is told as thrown', async (body, name, message) => {
  expect(await run(`function f() { ${body} }`)).toMatchObject({
    outcomes: [{ status: 'threw', name, message }],
  });
});

test('an error points at the line of TypeScript', async () => {
  const code = 'type A = {\n  b: 1 }\nfunction f(a: A) {\n  throw new Error("here")\n}';
  expect(await run(code)).toMatchObject({ outcomes: [{ status: 'threw', line: 4 }] });
});

test('tampering with built-ins changes nothing in the report', async () => {
  const code = `
    JSON.stringify = () => '"forged"'; JSON.parse = () => 1; Reflect.ownKeys = () => []; String.prototype.slice = () => '';
    Object.defineProperty(Object.prototype, 'status', { get() { return 'x' }, set() {} });
    Object.defineProperty(Array.prototype, 0, { set() { throw 1 } });
    Array.prototype[Symbol.iterator] = null; globalThis.console.log('still'); Promise.prototype.then = null;
    globalThis.postMessage = 1; globalThis.onmessage = 2;
    function f(a: number[]) { return { list: a, n: a.length } }`;
  expect(await run(code, [[[1, 2]]])).toEqual({
    status: 'finished',
    outcomes: [{ status: 'returned', value: { list: [1, 2], n: 2 } }],
    console: ['still'],
  });
});

test('a call cannot change the arguments of the next', async () => {
  const shared = [1];
  expect(await run('function f(a) { a.push(2); return a.length }', [[shared], [shared]])).toMatchObject({
    outcomes: [{ value: 2 }, { value: 2 }],
  });
});
