import { compileMessages, type MessageTree } from '@/lib/text/compile';
import type { Messages } from '@/lib/text';
import { findText, listFiles, projectRoot } from './files';
import { ContentError, type Problem } from './problem';
import { parseYaml } from './yaml-file';

const cache = new Map<string, Promise<Messages>>();

/**
 * The compiled messages of a locale: all, or those whose key is one of `prefixes` or below it (`lesson`,
 * `labs.slow-start`). Files are read once a process in production and each time in development.
 */
export async function loadMessages(
  locale: string,
  prefixes?: readonly string[],
  root = projectRoot(),
): Promise<Messages> {
  const key = `${root} ${locale}`;
  const loading = cache.get(key) ?? readMessages(root, locale);
  if (process.env.NODE_ENV === 'production') cache.set(key, loading);
  const messages = await loading;
  if (!prefixes) return messages;
  return Object.fromEntries(
    Object.entries(messages).filter(([name]) =>
      prefixes.some((prefix) => name === prefix || name.startsWith(`${prefix}.`)),
    ),
  );
}

async function readMessages(root: string, locale: string): Promise<Messages> {
  const { messages, problems } = await readMessageFiles(root, locale);
  if (problems.length > 0) throw new ContentError(problems);
  return messages;
}

/**
 * Reads `content/<locale>/messages/**.yaml`. Top-level keys of all files merge; a file below `labs/` nests
 * below `labs.<file name>`. The same message in two files is a problem, and so is ICU that does not parse.
 */
export async function readMessageFiles(
  root: string,
  locale: string,
): Promise<{ messages: Messages; problems: readonly Problem[] }> {
  const folder = `content/${locale}/messages`;
  const messages: Messages = {};
  const definedIn = new Map<string, string>();
  const problems: Problem[] = [];
  for (const file of await listFiles(root, folder, '.yaml')) {
    const yaml = parseYaml((await findText(root, file)) ?? '', file);
    problems.push(...yaml.problems);
    const lab = /\/messages\/labs\/(.+)\.yaml$/.exec(file)?.[1];
    for (const { path, value } of leavesOf(yaml.value)) {
      const key = [...(lab ? ['labs', lab] : []), ...path].join('.');
      const at = { file, line: yaml.lineOf(path) };
      const other = definedIn.get(key);
      if (other !== undefined) problems.push({ ...at, message: `message "${key}" is already in ${other}` });
      else if (typeof value !== 'string') problems.push({ ...at, message: `message "${key}" is not a text` });
      else {
        definedIn.set(key, file);
        try {
          Object.assign(messages, compileMessages(toTree(key, value)));
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          problems.push({ ...at, message: `message "${key}" is not valid ICU: ${reason}` });
        }
      }
    }
  }
  return { messages, problems };
}

/** compileMessages joins nested keys by dots; a key of one level keeps its dots as they are. */
const toTree = (key: string, value: string): MessageTree => ({ [key]: value });

function leavesOf(value: unknown, path: string[] = []): { path: string[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [{ path, value }];
  return Object.entries(value).flatMap(([name, below]) => leavesOf(below, [...path, name]));
}
