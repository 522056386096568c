import { LineCounter, isNode, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './problem';

export type YamlFile = {
  value: unknown;
  /** The line of the node at a path, or of the nearest one above it that exists. */
  lineOf(path: readonly PropertyKey[]): number;
  /** Syntax errors and duplicate keys. */
  problems: readonly Problem[];
};

/** Reads YAML and remembers where everything stood. `firstLine` is for YAML inside another file. */
export function parseYaml(text: string, file: string, firstLine = 1): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const problems = document.errors.map((error) => ({
    file,
    line: lineAt(error.pos[0]),
    message: `YAML: ${error.message}`,
  }));
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lineAt(node.range[0]);
    }
    return firstLine;
  };
  return { value: problems.length === 0 ? (document.toJS() as unknown) : undefined, lineOf, problems };
}

/** Checks a YAML file against its schema; each issue becomes a problem at the line of the offending key. */
export function checkYaml<Schema extends z.ZodType>(
  yaml: YamlFile,
  schema: Schema,
  file: string,
): { data: z.output<Schema> | undefined; problems: readonly Problem[] } {
  if (yaml.problems.length > 0) return { data: undefined, problems: yaml.problems };
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return { data: parsed.data, problems: [] };
  const problems = parsed.error.issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        file,
        line: yaml.lineOf([...issue.path, key]),
        message: `unknown field "${[...issue.path, key].join('.')}"`,
      }));
    return [
      { file, line: yaml.lineOf(issue.path), message: `${nameOf(issue.path)}: ${sentence(issue.message)}` },
    ];
  });
  return { data: undefined, problems };
}

const nameOf = (path: readonly PropertyKey[]) =>
  path.length === 0 ? 'the file' : `field "${path.map(String).join('.')}"`;

const sentence = (message: string) => message.charAt(0).toLowerCase() + message.slice(1);
