import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The repository's root, in development, in the build and on the server alike. */
export const projectRoot = () => process.cwd();

/** A file's text, or undefined if there is none. `path` is relative to `root`. */
export async function findText(root: string, path: string): Promise<string | undefined> {
  try {
    return await readFile(join(/* turbopackIgnore: true */ root, path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** All files below a folder with one of the endings, relative to `root`, sorted; none if the folder is missing. */
export async function listFiles(root: string, folder: string, ...endings: string[]): Promise<string[]> {
  const entries = await readdir(join(/* turbopackIgnore: true */ root, folder), {
    withFileTypes: true,
    recursive: true,
  }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/').replace(/^\//, ''))
    .sort();
}
