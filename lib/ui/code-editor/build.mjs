/**
 * Builds Monaco apart from the pages into public/monaco/<version>/: editor.js and editor.css (an ES module),
 * editor.worker.js, ts.worker.js, the icon font, and a manifest beside it. `node lib/ui/code-editor/build.mjs`;
 * does nothing if what is there was built from the same Monaco by the same script.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = path.resolve(here, '../../..');
const monaco = path.join(root, 'node_modules/monaco-editor');

/**
 * Monaco 0.57 asks for every feature there is where it starts a language's worker. They come too late to be set
 * up (their services are looked for and not there), and monaco-entry.ts has chosen: those imports are left out.
 */
const onlyChosenFeatures = {
  name: 'only-chosen-features',
  setup(build) {
    build.onLoad({ filter: /[\\/]vs[\\/]internal[\\/]common[\\/]workers\.js$/ }, ({ path: file }) => {
      const contents = readFileSync(file, 'utf8').replace(/^import '[^']+';$/gm, '');
      return { contents, loader: 'js' };
    });
  },
};

export async function buildMonaco(outDir = path.join(root, 'public/monaco')) {
  const hash = createHash('sha256').update(readFileSync(path.join(monaco, 'package.json')));
  for (const file of ['build.mjs', 'monaco-entry.ts']) hash.update(readFileSync(path.join(here, file)));
  const version = hash.digest('hex').slice(0, 12);
  const manifest = path.join(outDir, 'manifest.json');
  const target = path.join(outDir, version);
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version) return version;

  const common = { bundle: true, minify: true, target: 'es2022', logLevel: 'warning', legalComments: 'none' };
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  await Promise.all([
    build({
      ...common,
      entryPoints: { editor: path.join(here, 'monaco-entry.ts') },
      outdir: target,
      format: 'esm',
      splitting: true,
      plugins: [onlyChosenFeatures],
      chunkNames: 'chunk-[hash]',
      loader: { '.ttf': 'file' },
      assetNames: '[name]-[hash]',
    }),
    build({
      ...common,
      entryPoints: {
        'editor.worker': path.join(monaco, 'esm/vs/editor/editor.worker.js'),
        'ts.worker': path.join(monaco, 'esm/vs/languages/features/typescript/ts.worker.js'),
      },
      outdir: target,
      format: 'iife',
    }),
  ]);
  writeFileSync(path.join(target, 'LICENSE.txt'), readFileSync(path.join(monaco, 'LICENSE')));
  writeFileSync(manifest, JSON.stringify({ version, files: readdirSync(target) }));
  return version;
}

if (process.argv[1] === import.meta.filename) await buildMonaco();
