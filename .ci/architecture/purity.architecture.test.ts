import { expect, test } from 'vitest';
import { relative } from 'node:path';
import ts from 'typescript';
import { isPure, pure } from '../../house.config.mjs';
import { createProgram, nodesOf, root, type Problem } from './sources';

/** Where a host's names are declared: the DOM's library and Node's types. */
const hostLibrary = /\/(lib\.(dom|webworker|scripthost)[^/]*\.d\.ts|@types\/node\/.*)$/;

/** Names that are in scope in every file because a browser or Node puts them there. */
function isHostGlobal(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  const symbol = ts.isShorthandPropertyAssignment(parent)
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : checker.getSymbolAtLocation(node);
  const declarations = symbol?.declarations ?? [];
  const isValue = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Value) !== 0;
  const inLibrary =
    declarations.length > 0 && declarations.every((d) => hostLibrary.test(d.getSourceFile().fileName));
  const isMember = declarations.some((d) => ts.isClassElement(d) || ts.isTypeElement(d) || ts.isParameter(d));
  return isValue && inLibrary && !isMember && !ts.isPartOfTypeNode(node);
}

function impurityOf(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (ts.isIdentifier(node) && node.text === 'globalThis') return node.text;
  if (ts.isIdentifier(node) && isHostGlobal(node, checker) && !pure.allowedGlobals.includes(node.text))
    return node.text;
  if (ts.isPropertyAccessExpression(node) && pure.forbiddenMembers.includes(node.getText()))
    return node.getText();
  const isDate = (it: ts.Expression) => ts.isIdentifier(it) && it.text === 'Date';
  if (ts.isNewExpression(node) && isDate(node.expression) && !node.arguments?.length) return 'new Date()';
  if (ts.isCallExpression(node) && isDate(node.expression)) return 'Date()';
  return undefined;
}

function purityProblems(program: ts.Program): Problem[] {
  const checker = program.getTypeChecker();
  return program.getSourceFiles().flatMap((file) => {
    const path = relative(root, file.fileName).replaceAll('\\', '/');
    if (!isPure(path)) return [];
    return [...nodesOf(file)].flatMap((node) => {
      const name = impurityOf(node, checker);
      if (!name) return [];
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      return [
        `${path}:${line} uses ${name}: a pure room takes time and chance as arguments and knows no host`,
      ];
    });
  });
}

test('pure rooms touch no host, clock, chance or timer', { timeout: 180_000 }, () => {
  expect(purityProblems(createProgram())).toEqual([]);
});

test('each kind of impurity is seen', { timeout: 180_000 }, () => {
  const lines = [
    'export const window = 4; export type Segment = { window: number; location: string };',
    'export const ok = (s: Segment, performance: number) => s.window + performance + window + new Date(5).getTime();',
    'export const octets = new TextEncoder().encode(new URL("a:b").href);',
    'export const a = Date.now();',
    'export const b = Math.random();',
    'export const c = new Date();',
    'export const d = () => setTimeout(() => 1, 5);',
    'export const e = document.title;',
    'export const f = process.env;',
    'export const g = { fetch };',
    'export const h = crypto.randomUUID();',
    'export const i = globalThis.location;',
  ];
  const program = createProgram([{ path: 'lib/sim/impure-example.ts', text: lines.join('\n') }]);
  const found = purityProblems(program).map((problem) =>
    /:(\d+) uses (.*):/.exec(problem)?.slice(1).join(' '),
  );
  expect(found).toEqual([
    ...['4 Date.now', '5 Math.random', '6 new Date()', '7 setTimeout', '8 document', '9 process', '10 fetch'],
    ...['11 crypto.randomUUID', '12 globalThis'],
  ]);
});
