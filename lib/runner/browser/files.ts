/** The files of a run as lib/runner/build.mjs made them. */
export type RunnerFiles = { worker: string; wasm: ArrayBuffer };

let files: Promise<RunnerFiles> | undefined;

async function load(): Promise<RunnerFiles> {
  const fetchOk = async (url: string) => {
    const response = await fetch(url, { credentials: 'same-origin' });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response;
  };
  const manifest = (await (await fetchOk('/runner/manifest.json')).json()) as {
    worker: string;
    wasm: string;
  };
  const [worker, wasm] = await Promise.all([fetchOk(manifest.worker), fetchOk(manifest.wasm)]);
  return { worker: await worker.text(), wasm: await wasm.arrayBuffer() };
}

/** Fetches them from our own origin when something is first run, once; after a failure the next run tries again. */
export function loadRunnerFiles(): Promise<RunnerFiles> {
  files ??= load().catch((error: unknown) => {
    files = undefined;
    throw error;
  });
  return files;
}
