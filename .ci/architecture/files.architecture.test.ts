import { expect, test } from 'vitest';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isTest } from '../../house.config.mjs';
import { listFiles, readSource, readSources, root, type Problem, type Source } from './sources';

const maxLines = 400;
const maxHandlerLines = 60;
/** Files that may be longer, with the number of lines they may not pass: it only ever goes down. */
const longer: Record<string, number> = {};

const linesOf = ({ text }: Source) => text.split('\n').length - 1;

function sizeProblems(sources: readonly Source[]): Problem[] {
  return sources.flatMap((source) => {
    const handler = /^app\/.*\/route\.ts$/.test(source.path);
    const limit = handler ? maxHandlerLines : (longer[source.path] ?? maxLines);
    return linesOf(source) > limit ? [`${source.path} has ${linesOf(source)} lines; at most ${limit}`] : [];
  });
}

function nameProblems(paths: readonly string[]): Problem[] {
  return paths.flatMap((path) => {
    const names = path.split('/').map((name) => name.replace('...', '').replace(/\.[^/]*$/, ''));
    const vague = names.find((name) => /^(utils?|helpers?|misc|commons?)$/.test(name));
    if (vague) return [`${path}: "${vague}" says nothing of what is in it`];
    // Next's own: [param], (group), _private
    const odd = names.find((name) => !/^[[(_]?[a-z0-9]+(-[a-z0-9]+)*[\])]?$/.test(name));
    return odd ? [`${path}: "${odd}" is not kebab-case`] : [];
  });
}

/** mdx-components.tsx and instrumentation-client.ts stand where Next looks for them. */
const topLevel = [
  ...['app', 'content', 'lib', 'prisma', 'public', 'docs', 'e2e', 'bench', '.ci'],
  ...['README.md', 'CONTRIBUTING.md', 'LICENSE', 'package.json', 'package-lock.json', 'tsconfig.json'],
  ...['.editorconfig', '.gitignore', '.gitattributes', '.node-version', '.nvmrc', '.npmrc'],
  ...['.prettierignore', '.prettierrc.json', 'mdx-components.tsx', 'instrumentation-client.ts'],
];

function topLevelProblems(paths: readonly string[]): Problem[] {
  const names = new Set(paths.map((path) => path.split('/')[0] ?? ''));
  return [...names].filter((name) => !topLevel.includes(name) && !/^[a-z]+\.config\.(mjs|ts)$/.test(name));
}

function linkProblems({ path, text }: Source, exists: (path: string) => boolean): Problem[] {
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)|<img[^>]*src="([^"]+)"/g)];
  return links.flatMap(([, link = '', image = '']) => {
    const to = link || image;
    if (/^[a-z]+:/.test(to) || exists(join(dirname(path), to))) return [];
    return [`${path} links to ${to}, which is not there`];
  });
}

const addressProblems = ({ path, text }: Source): Problem[] =>
  [...text.matchAll(/"resolved": "(?!file:)[^"]*"|^registry\s*=.*$|\bgit\+[a-z]+:\S*/gm)].map(
    ([found]) => `${path} names where packages come from: ${found}`,
  );

const sources = readSources();
const code = sources.filter(({ path }) => !isTest(path));

test('no source file is too long, no route handler does more than pass on', () => {
  const sizes = code.map(linesOf).sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.floor((sizes.length - 1) * share)] ?? 0;
  console.log(
    `${sizes.length} source files: median ${at(0.5)} lines, nine in ten ${at(0.9)}, largest ${at(1)}`,
  );
  expect(sizeProblems(code)).toEqual([]);
});

test('a file that got shorter has its new limit', () => {
  const stale = Object.keys(longer).filter(
    (path) => !code.some((it) => it.path === path && linesOf(it) > maxLines),
  );
  expect(stale).toEqual([]);
});

test('names say what is in a file, in kebab-case', () => {
  expect(nameProblems(sources.map(({ path }) => path))).toEqual([]);
});

test('the top level holds the house and its config files only', () => {
  expect(topLevelProblems(listFiles())).toEqual([]);
});

test('the lock file and .npmrc name no registry', () => {
  expect(['package-lock.json', '.npmrc'].map(readSource).flatMap(addressProblems)).toEqual([]);
});

test('the documents are there and their links are alive', () => {
  const documents = listFiles().filter((path) =>
    /^([A-Z]+\.md|docs\/.*\.md|lib\/.*\.md|content\/.*\.md)$/.test(path),
  );
  const missing = ['LICENSE', 'README.md', 'CONTRIBUTING.md'].filter((path) => !existsSync(join(root, path)));
  const dead = documents
    .map(readSource)
    .flatMap((it) => linkProblems(it, (path) => existsSync(join(root, path))));
  expect([...missing, ...dead]).toEqual([]);
});

test('each rule is seen to break', () => {
  const lines = (count: number) => 'a\n'.repeat(count);
  expect(sizeProblems([{ path: 'lib/a.ts', text: lines(401) }])).toEqual([
    'lib/a.ts has 401 lines; at most 400',
  ]);
  expect(sizeProblems([{ path: 'app/api/a/route.ts', text: lines(61) }])).toHaveLength(1);
  expect(nameProblems(['lib/ui/utils.ts', 'lib/common/a.ts', 'lib/ui/OctetGrid.tsx'])).toHaveLength(3);
  expect(nameProblems(['app/[locale]/(site)/learn/page.tsx', 'lib/labs/slow-start/lab.test.ts'])).toEqual([]);
  expect(topLevelProblems(['src/a.ts', 'lib/a.ts', 'vitest.config.ts'])).toEqual(['src']);
  expect(addressProblems({ path: 'l', text: '"resolved": "https://registry.example/a.tgz"' })).toHaveLength(
    1,
  );
  expect(addressProblems({ path: '.npmrc', text: 'registry = https://registry.example' })).toHaveLength(1);
  const document = {
    path: 'docs/a.md',
    text: '[a](gone.md) [b](https://example.com) [c](b.md#d) ![e](../f.png)',
  };
  expect(linkProblems(document, (path) => path === 'docs/b.md')).toHaveLength(2);
});
