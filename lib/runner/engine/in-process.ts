import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import type { RunReport, RunRequest } from '../report';
import { runInEngine } from './engine';

/**
 * Runs learner code in this thread, for tests of exercises (a solution passes, a starter does not). Not for
 * code that nobody has read: see `runInEngine` for what cannot be interrupted.
 */
export async function runInProcess(request: RunRequest): Promise<RunReport> {
  const quickjs = await newQuickJSWASMModuleFromVariant(variant);
  return runInEngine(quickjs, request, { now: () => performance.now() });
}
