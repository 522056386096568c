// @ts-check
/** Measures one *.bench.ts for run.mjs, in a process of its own, and sends the rows to it. */
import { build } from 'esbuild';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');

/** Bundled by esbuild, so that a bench is TypeScript with the repository's aliases on every Node. @param {string} file */
async function load(file) {
  const outfile = join(root, '.roundtrip/bench', file.replace(/\.ts$/, '.mjs'));
  await build({
    absWorkingDir: root,
    entryPoints: [join('bench', file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

const [file = ''] = process.argv.slice(2);
const origin = () =>
  new Promise((resolve) => {
    process.once('message', resolve);
    process.send?.('origin');
  });
const { default: measure } = await load(file);
process.send?.(await measure({ origin }), () => process.exit());
