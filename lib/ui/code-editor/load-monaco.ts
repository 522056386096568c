import type * as monacoEntry from './monaco-entry';
import { watchTheme } from './theme';

export type Monaco = typeof monacoEntry;

/** What every exercise may use beside the language itself; the sandbox has nothing else. */
const RUNNER_TYPES = `declare const console: { log(...values: unknown[]): void; info(...values: unknown[]): void;
  warn(...values: unknown[]): void; error(...values: unknown[]): void };`;

let monaco: Promise<Monaco> | undefined;

/** Fetches Monaco from our own origin, once, when the first editor is opened. Rejects if it cannot be had. */
export function loadMonaco(): Promise<Monaco> {
  monaco ??= load().catch((error: unknown) => {
    monaco = undefined;
    throw error;
  });
  return monaco;
}

async function load(): Promise<Monaco> {
  const response = await fetch('/monaco/manifest.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`monaco: ${response.status}`);
  const { version } = (await response.json()) as { version: string };
  const base = new URL(`/monaco/${version}`, location.href).href;
  Object.assign(globalThis, {
    MonacoEnvironment: {
      getWorker: (_id: string, label: string) => {
        const file = label === 'typescript' || label === 'javascript' ? 'ts.worker.js' : 'editor.worker.js';
        return new Worker(`${base}/${file}`, { name: label });
      },
    },
  });
  const url = `${base}/editor.js`;
  const [loaded] = await Promise.all([
    import(/* webpackIgnore: true */ /* turbopackIgnore: true */ url) as Promise<Monaco>,
    loadStyles(`${base}/editor.css`),
  ]);
  loaded.typescriptDefaults.setCompilerOptions({
    target: loaded.ScriptTarget.ESNext,
    lib: ['es2022'],
    strict: true,
    allowNonTsExtensions: true,
    // Each editor is a module of its own, so that two on a page may declare the same function.
    moduleDetection: 3,
    module: loaded.ModuleKind.ESNext,
  });
  loaded.typescriptDefaults.addExtraLib(RUNNER_TYPES, 'ts:runner.d.ts');
  watchTheme(loaded);
  return loaded;
}

function loadStyles(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error('monaco: styles'));
    document.head.append(link);
  });
}
