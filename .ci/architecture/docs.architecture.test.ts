import { expect, test } from 'vitest';
import { relative } from 'node:path';
import ts from 'typescript';
import { createProgram, root, type Problem } from './sources';

const documented = /^lib\/(bytes|sim|protocols\/[^/]+)\/index\.ts$/;

/** Exports of the rooms' doors without a doc comment where they are declared. */
function undocumented(program: ts.Program): Problem[] {
  const checker = program.getTypeChecker();
  return program.getSourceFiles().flatMap((file) => {
    const path = relative(root, file.fileName).replaceAll('\\', '/');
    const module = documented.test(path) ? checker.getSymbolAtLocation(file) : undefined;
    if (!module) return [];
    return checker.getExportsOfModule(module).flatMap((symbol) => {
      const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return original.getDocumentationComment(checker).length > 0
        ? []
        : [`${path}: ${symbol.name} has no doc comment`];
    });
  });
}

test(
  'every export of a protocol says what it takes and gives, in a doc comment',
  { timeout: 180_000 },
  () => {
    expect(undocumented(createProgram())).toEqual([]);
  },
);

test('an export without one is found through re-exports', { timeout: 180_000 }, () => {
  const program = createProgram([
    {
      path: 'lib/protocols/example/index.ts',
      text: "export { a, b } from './a'; export type { C } from './a';",
    },
    {
      path: 'lib/protocols/example/a.ts',
      text: '/** One. */ export const a = 1; export const b = 2; export type C = 3;',
    },
  ]);
  expect(undocumented(program)).toEqual([
    'lib/protocols/example/index.ts: b has no doc comment',
    'lib/protocols/example/index.ts: C has no doc comment',
  ]);
});
