/**
 * `.roundtrip/compressed`: the scripts, styles and engines whose addresses never change, each compressed once and
 * standing at the path that it is served at (compressed-files.ts).
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { root } from './settings.mjs';

/** Folder, and the path that it is served at. */
const SERVED = [
  ['.next/static', '_next/static'],
  ['public/embed', 'embed'],
  ['public/monaco', 'monaco'],
  ['public/runner', 'runner'],
];
/** What gains; fonts and pictures are compressed already. */
const COMPRESSIBLE = /\.(?:css|js|json|svg|ttf|wasm)$/;
/** The best quality takes a second a megabyte: too long for the few files (the editor's) that are many megabytes. */
const LARGE_BYTES = 1_000_000;
/** Less fits into one segment as it is. */
const SMALL_BYTES = 1_000;

export async function compressAhead() {
  const target = join(root, '.roundtrip/compressed');
  await rm(target, { recursive: true, force: true });
  for (const [folder, path] of SERVED) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    const names = entries
      .filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length));
    await Promise.all(
      names.map((name) => compress(join(root, folder, name), join(target, path, `${name}.br`))),
    );
  }
}

/** @param {string} from @param {string} to */
async function compress(from, to) {
  const bytes = await readFile(from);
  if (bytes.length < SMALL_BYTES) return;
  const compressed = await promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: bytes.length < LARGE_BYTES ? 11 : 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, compressed);
}
