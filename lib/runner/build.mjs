/**
 * Builds the runner's worker into public/runner/<version>/ (worker.js, engine.wasm) with a manifest beside it.
 * `node lib/runner/build.mjs`; quick, so it is always done. Only the browser fetches these, at the first run.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

export async function buildRunner(outDir = path.join(root, 'public/runner')) {
  const result = await build({
    entryPoints: [path.join(import.meta.dirname, 'browser/worker.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    // The engine's glue is an ES module that asks where it came from; in a blob it has nothing to find there.
    define: { 'import.meta.url': '"blob:runner"' },
    logLevel: 'warning',
  });
  const worker = result.outputFiles[0].contents;
  const wasm = readFileSync(require.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'));
  const version = createHash('sha256').update(worker).update(wasm).digest('hex').slice(0, 12);
  mkdirSync(path.join(outDir, version), { recursive: true });
  writeFileSync(path.join(outDir, version, 'worker.js'), worker);
  writeFileSync(path.join(outDir, version, 'engine.wasm'), wasm);
  const manifest = { worker: `/runner/${version}/worker.js`, wasm: `/runner/${version}/engine.wasm` };
  writeFileSync(path.join(outDir, 'manifest.json'), JSON.stringify(manifest));
  for (const name of readdirSync(outDir))
    if (name !== version && name !== 'manifest.json') rmSync(path.join(outDir, name), { recursive: true });
  return manifest;
}

if (process.argv[1] === import.meta.filename) await buildRunner();
