import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The repository's root, absolute. */
export const root = join(import.meta.dirname, '../..');

/** One file of the repository; `path` from the root, with forward slashes. */
export type Source = { path: string; text: string };

/** Something that breaks a rule, as it is printed: `file:line rule`. */
export type Problem = string;

const passedOver = new Set([
  'node_modules',
  '.git',
  '.next',
  '.roundtrip',
  'data',
  'test-results',
  'fixtures',
]);
const generated = /^(public\/(embed|monaco)|next-env\.d\.ts)/;

/** Every path below `folder` that a person wrote, sorted. Without git: a bare machine may have none. */
export function listFiles(folder = ''): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const paths = entries.flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (passedOver.has(entry.name) || generated.test(path)) return [];
    return entry.isDirectory() ? listFiles(path) : [path];
  });
  return paths.sort();
}

/** A file by its path from the root. */
export function readSource(path: string): Source {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** All TypeScript and JavaScript of the repository. */
export function readSources(): Source[] {
  return listFiles()
    .filter((path) => /\.(tsx?|mjs)$/.test(path))
    .map(readSource);
}

/** The syntax tree, with parents. */
export function parse({ path, text }: Source): ts.SourceFile {
  const kind = path.endsWith('.tsx')
    ? ts.ScriptKind.TSX
    : path.endsWith('.mjs')
      ? ts.ScriptKind.JS
      : undefined;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

/** Every node of a tree, in order. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children;
}

/** `file:line`, for a person to click on. */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** The types of the whole repository (with `extra` files laid over it), for rules that need meaning. */
export function createProgram(extra: readonly Source[] = []): ts.Program {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options, fileNames } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const host = ts.createCompilerHost({ ...options, incremental: false });
  const laidOver = new Map(extra.map(({ path, text }) => [join(root, path), text]));
  const read = host.readFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.readFile = (path) => laidOver.get(path) ?? read(path);
  if (extra.length > 0) host.directoryExists = () => true;
  host.fileExists = (path) => laidOver.has(path) || exists(path);
  host.getSourceFile = (path, version) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, version, true);
  };
  const roots = extra.length > 0 ? [...laidOver.keys()] : fileNames;
  return ts.createProgram(roots, { ...options, types: ['node'], incremental: false }, host);
}
