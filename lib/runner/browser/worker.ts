/**
 * The worker of one run. Built apart (lib/runner/build.mjs) into public/runner, started from a blob by the
 * sandbox, and thrown away. QuickJS keeps the learner's code away from everything that this file can reach.
 */
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import { runInEngine } from '../engine/engine';
import { createEngineMemory } from '../engine/engine-memory';
import type { RunRequest } from '../report';
import type { WorkerMessage } from './messages';

const post = (message: WorkerMessage) => globalThis.postMessage(message);

globalThis.onmessage = async (event: MessageEvent<{ wasm: ArrayBuffer; request: RunRequest }>) => {
  const { wasm, request } = event.data;
  const wasmModule = await WebAssembly.compile(wasm);
  const wasmMemory = createEngineMemory(request.limits);
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule, wasmMemory }));
  const report = runInEngine(quickjs, request, {
    now: () => performance.now(),
    onStarted: () => post({ type: 'started' }),
  });
  post({ type: 'ended', report });
};
