import { compileMessages } from '@/lib/text/compile';
import type { Messages } from '@/lib/text';
import { listFiles, projectRoot, readText } from '../content/files';
import { ContentError, type Problem } from '../content/problem';
import { parseYaml } from '../content/yaml-file';

const cache = new Map<string, Messages>();

/**
 * The compiled messages of a locale: all, or those whose key is one of `prefixes` or below it (`lesson`,
 * `labs.slow-start`). Files are read once a process in production and each time in development.
 * @throws ContentError naming every file and line that does not fit
 */
export function loadMessages(locale: string, prefixes?: readonly string[], root = projectRoot()): Messages {
  const messages = loadAll(root, locale);
  if (!prefixes) return messages;
  return Object.fromEntries(
    Object.entries(messages).filter(([key]) =>
      prefixes.some((prefix) => key === prefix || key.startsWith(`${prefix}.`)),
    ),
  );
}

function loadAll(root: string, locale: string): Messages {
  const key = `${root} ${locale}`;
  const cached = cache.get(key);
  if (cached) return cached;
  const { messages, problems } = readMessageFiles(root, locale);
  if (problems.length > 0) throw new ContentError(problems);
  if (process.env.NODE_ENV === 'production') cache.set(key, messages);
  return messages;
}

/**
 * Reads `content/<locale>/messages/**.yaml`. Top-level keys of all files merge; a file below `labs/` nests
 * below `labs.<file name>`. The same message in two files is a problem, and so is ICU that does not parse.
 */
export function readMessageFiles(
  root: string,
  locale: string,
): { messages: Messages; problems: readonly Problem[] } {
  const messages: Messages = {};
  const definedIn = new Map<string, string>();
  const problems: Problem[] = [];
  for (const file of listFiles(root, `content/${locale}/messages`, '.yaml')) {
    const yaml = parseYaml(readText(root, file), file);
    problems.push(...yaml.problems);
    const lab = /\/messages\/labs\/(.+)\.yaml$/.exec(file)?.[1];
    for (const { path, value } of leavesOf(yaml.value)) {
      const key = [...(lab ? ['labs', lab] : []), ...path].join('.');
      const other = definedIn.get(key);
      const wrong = other ? `is already in ${other}` : addMessage(messages, key, value);
      if (wrong) problems.push({ file, line: yaml.lineOf(path), message: `message "${key}" ${wrong}` });
      else definedIn.set(key, file);
    }
  }
  return { messages, problems };
}

/** Compiles one message into the catalogue; answers what is wrong with it, if anything is. */
function addMessage(messages: Messages, key: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'is not a text (put it in quotes)';
  try {
    // The compiler's plural tables have no prototype, which React refuses to hand to a client component.
    Object.assign(messages, structuredClone(compileMessages({ [key]: value })));
    return undefined;
  } catch (error) {
    return `is not valid ICU: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function leavesOf(value: unknown, path: string[] = []): { path: string[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [{ path, value }];
  return Object.entries(value).flatMap(([name, below]) => leavesOf(below, [...path, name]));
}
