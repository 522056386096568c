import type { RunRequest } from '../report';

/** What the page sends into the sandbox, once. The files come along: nothing in there may fetch. */
export type SandboxRequest = { nonce: string; worker: string; wasm: ArrayBuffer; request: RunRequest };

/** What the worker says: that the learner's code is about to begin, and how it ended. */
export type WorkerMessage = { type: 'started' } | { type: 'ended'; report: unknown };

/** Reads a message that the sandbox passed on; anything else is undefined. */
export function readWorkerMessage(data: unknown, nonce: string): WorkerMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const message = data as Record<string, unknown>;
  if (message['nonce'] !== nonce) return undefined;
  if (message['type'] === 'started') return { type: 'started' };
  return message['type'] === 'ended' ? { type: 'ended', report: message['report'] } : undefined;
}
