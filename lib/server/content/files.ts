import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The repository's root, in development, in the build and on the server alike. */
export const projectRoot = () => process.cwd();

/** A file's text. `path` is relative to `root`. */
export const readText = (root: string, path: string): string =>
  readFileSync(join(/* turbopackIgnore: true */ root, path), 'utf8');

/** A file's text, or undefined if there is none. */
export const findText = (root: string, path: string): string | undefined =>
  existsSync(join(/* turbopackIgnore: true */ root, path)) ? readText(root, path) : undefined;

/** All files below a folder with an ending, relative to `root`, sorted; none if the folder is missing. */
export function listFiles(root: string, folder: string, ending: string): string[] {
  const start = join(/* turbopackIgnore: true */ root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
