import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import { expect, test } from 'vitest';
import { runInEngine } from './engine';
import { createEngineMemory } from './engine-memory';

const MIB = 1024 * 1024;

test.each([
  ['strings', 'for (let i = 0; ; i++) a.push("x".repeat(1e4) + i)'],
  ['objects', 'for (;;) a.push({ b: {} })'],
  ['arrays', 'for (;;) a.push(new Array(100).fill(0))'],
])('small %s without end come to the limit, and take no more than that', async (_name, loop) => {
  const limits = { memoryBytes: 4 * MIB, deadlineMs: 20_000 };
  const wasmMemory = createEngineMemory(limits);
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory }));
  const request = { code: `const a = [];\nfunction f() { ${loop} }`, calls: [{ fn: 'f', args: [] }], limits };
  const report = runInEngine(quickjs, request, { now: () => performance.now() });
  expect(report).toMatchObject({ status: 'stopped', code: 'RUNNER_MEMORY' });
  expect(wasmMemory.buffer.byteLength).toBeLessThanOrEqual(20 * MIB);
});
