import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import type { RunReport, RunRequest } from '../report';
import { runInEngine } from './engine';
import { createEngineMemory } from './engine-memory';

/**
 * Runs learner code in this thread, for tests of exercises (a solution passes, a starter does not). Not for
 * code that nobody has read: see `runInEngine` for what cannot be interrupted.
 */
export async function runInProcess(request: RunRequest): Promise<RunReport> {
  const wasmMemory = createEngineMemory(request.limits);
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory }));
  return runInEngine(quickjs, request, { now: () => performance.now() });
}
