import { DEFAULT_LIMITS, readRunReport, stopped, type RunReport, type RunRequest } from '../report';
import { loadRunnerFiles, type RunnerFiles } from './files';
import { readWorkerMessage, type SandboxRequest } from './messages';
import { sandboxDocument } from './sandbox';

/** From the sandbox's making to the learner's first statement; the code does not count against its deadline. */
const START_UP_MS = 15_000;
/** The engine stops at the deadline by itself; what it cannot interrupt is killed this much later. */
const GRACE_MS = 400;

/**
 * Runs learner code in a worker of its own, in a sandboxed frame of its own, and takes both away afterwards.
 * Never rejects: whatever goes wrong is a `stopped` report. Browser only.
 */
export async function runLearnerCode(
  request: RunRequest,
  { signal }: { signal?: AbortSignal } = {},
): Promise<RunReport> {
  const limits = { ...DEFAULT_LIMITS, ...request.limits };
  if (request.code.length > limits.codeChars) return stopped('RUNNER_CODE_TOO_LONG');
  let files: RunnerFiles;
  try {
    files = await loadRunnerFiles();
  } catch (error) {
    return stopped('RUNNER_UNAVAILABLE', String(error));
  }
  if (signal?.aborted) return stopped('RUNNER_ABORTED');
  return runInSandbox(files, { ...request, limits }, limits.deadlineMs, signal);
}

function runInSandbox(
  files: RunnerFiles,
  request: RunRequest,
  deadlineMs: number,
  signal: AbortSignal | undefined,
): Promise<RunReport> {
  const nonce = makeNonce();
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.hidden = true;
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.srcdoc = sandboxDocument(nonce);

  return new Promise((resolve) => {
    let timer = setTimeout(() => finish(stopped('RUNNER_UNAVAILABLE', 'start-up')), START_UP_MS);
    let started = false;

    const finish = (report: RunReport) => {
      clearTimeout(timer);
      window.removeEventListener('message', onMessage);
      signal?.removeEventListener('abort', onAbort);
      frame.remove();
      resolve(report);
    };
    const onAbort = () => finish(stopped('RUNNER_ABORTED'));
    const onMessage = (event: MessageEvent) => {
      if (event.source !== frame.contentWindow) return;
      const message = readWorkerMessage(event.data, nonce);
      if (message?.type === 'started' && !started) {
        started = true;
        clearTimeout(timer);
        timer = setTimeout(() => finish(stopped('RUNNER_DEADLINE')), deadlineMs + GRACE_MS);
      }
      if (message?.type === 'ended') {
        const report = readRunReport(message.report, request.calls.length);
        finish(report ?? stopped('RUNNER_UNAVAILABLE', describeFailure(message.report)));
      }
    };

    window.addEventListener('message', onMessage);
    signal?.addEventListener('abort', onAbort);
    frame.addEventListener('load', () => {
      const wasm = files.wasm.slice(0);
      const data: SandboxRequest = { nonce, worker: files.worker, wasm, request };
      frame.contentWindow?.postMessage(data, '*', [wasm]);
    });
    document.body.append(frame);
  });
}

function makeNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) =>
    octet.toString(16).padStart(2, '0'),
  ).join('');
}

function describeFailure(report: unknown): string {
  if (typeof report === 'object' && report !== null && 'failed' in report) return String(report.failed);
  return 'report';
}
