/**
 * Says of the scripts that a page starts with that nearly all of their functions are called at once. Without it a
 * browser reads such a function twice: past it while the script arrives, and again, on the thread that has to answer
 * the learner, at its first call. With it, Chromium compiles them on another thread as they arrive
 * (https://v8.dev/blog/explicit-compile-hints); to other browsers it is a comment. See docs/decisions/0011.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './settings.mjs';

const HINT = '//# allFunctionsCalledOnLoad\n';
/** The head's scripts, and the one that runs last, of which the head says only that it will come. */
const STARTED =
  /<(?:script src|link rel="preload" as="script"[^>]* href)="\/_next\/([^"]+\.js)"(?! noModule)/g;

/** Marks the scripts that the pages built ahead name. To be run after each build by Next. */
export async function hintCompilation() {
  const scripts = new Set();
  for (const page of await pagesBuilt()) {
    for (const [, script] of (await readFile(page, 'utf8')).matchAll(STARTED)) scripts.add(script);
  }
  if (scripts.size === 0) throw new Error('.next: no page names a script');
  for (const script of scripts) {
    const file = join(root, '.next', script);
    const source = await readFile(file, 'utf8');
    if (!source.startsWith(HINT)) await writeFile(file, HINT + source);
  }
}

async function pagesBuilt() {
  const entries = await readdir(join(root, '.next/server/app'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => join(entry.parentPath, entry.name));
}
