import { describe, expect, test } from 'vitest';
import ts from 'typescript';
import { importProblem, mayImport, resolveImport, roomOf } from '../../house.config.mjs';
import { nodesOf, parse, placeOf, readSources, root, type Problem, type Source } from './sources';

type Import = { specifier: string; typeOnly: boolean; node: ts.Node };

/** Static, dynamic and re-exporting imports, and `import('…')` types. */
function importsOf(file: ts.SourceFile): Import[] {
  const imports: Import[] = [];
  for (const node of nodesOf(file)) {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      const named = clause?.namedBindings;
      const allTypes =
        !clause?.name &&
        named &&
        ts.isNamedImports(named) &&
        named.elements.length > 0 &&
        named.elements.every((e) => e.isTypeOnly);
      const typeOnly = clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || allTypes === true;
      imports.push({ specifier: node.moduleSpecifier.text, typeOnly, node });
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      imports.push({ specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly, node });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument))
        imports.push({ specifier: argument.text, typeOnly: false, node });
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      imports.push({ specifier: node.argument.literal.text, typeOnly: true, node });
    }
  }
  return imports;
}

const saysUseClient = (file: ts.SourceFile) => {
  const [first] = file.statements;
  return (
    first !== undefined &&
    ts.isExpressionStatement(first) &&
    ts.isStringLiteral(first.expression) &&
    first.expression.text === 'use client'
  );
};

function importProblems(source: Source): Problem[] {
  const file = parse(source);
  const client = saysUseClient(file);
  return importsOf(file).flatMap(({ specifier, typeOnly, node }) => {
    const target = resolveImport(root, source.path, specifier);
    const problem = importProblem({ from: source.path, specifier, target, typeOnly, client });
    return problem ? [`${placeOf(node)} imports ${specifier}: ${problem}`] : [];
  });
}

/** What a browser is sent may not lead to server code by any way round. */
function clientPathsToServer(sources: readonly Source[]): Problem[] {
  const files = new Map(sources.map((source) => [source.path, parse(source)]));
  const valueTargets = (path: string) => {
    const file = files.get(path);
    if (!file) return [];
    return importsOf(file).flatMap((it) =>
      it.typeOnly ? [] : (resolveImport(root, path, it.specifier) ?? []),
    );
  };
  return [...files].flatMap(([start, file]) => {
    if (!saysUseClient(file)) return [];
    const wayTo = new Map([[start, start]]);
    for (const [path, way] of wayTo) {
      if (roomOf(path)?.room === 'server') return [`${way}: client code reaches server code`];
      for (const target of valueTargets(path)) {
        if (!wayTo.has(target)) wayTo.set(target, `${way} → ${target}`);
      }
    }
    return [];
  });
}

const sources = readSources();

test('every import of the house holds to the table', () => {
  expect(sources.flatMap(importProblems)).toEqual([]);
});

test('no client file leads to server code', () => {
  expect(clientPathsToServer(sources)).toEqual([]);
});

test('every folder of lib is a room of the table', () => {
  const rooms = sources.flatMap(({ path }) => roomOf(path)?.room ?? []);
  expect(rooms.filter((room) => !(room in mayImport))).toEqual([]);
});

describe('the rules are seen to break', () => {
  const cases: [path: string, text: string, rule: string][] = [
    ['lib/bytes/x.ts', "import { a } from '@/lib/sim';", 'bytes may import no other room'],
    ['lib/sim/x.ts', "export { a } from '@/lib/ui/grid';", 'sim may import bytes; not ui'],
    ['lib/protocols/udp/x.ts', "import { a } from '../ip/packet';", 'through its index.ts'],
    ['lib/protocols/ip/x.ts', "import { a } from '@/lib/protocols/tcp/index.ts';", 'ip stands below tcp'],
    [
      'lib/protocols/gopher/x.ts',
      "import { a } from '@/lib/protocols/tcp/index.ts';",
      'no place in protocolStack',
    ],
    ['lib/protocols/tcp/x.ts', "import { readFileSync } from 'node:fs';", 'a pure room imports no package'],
    ['lib/protocols/tcp/x.ts', "import { useText } from '@/lib/text';", 'not text'],
    ['lib/labs/a/lab.ts', "import { b } from '@/lib/labs/b/lab';", 'a lab imports no other lab'],
    ['lib/labs/a/lab.ts', "import { b } from '@/lib/ui/grid';", 'not ui'],
    ['lib/labs/a/lab.ts', "import View from './view.tsx';", 'a pure file imports no view'],
    ['lib/labs/a/lab.ts', "import { useState } from 'react';", 'a pure room imports no package'],
    ['lib/labs/a/view.tsx', "import { b } from '@/lib/labs/host/frame';", 'not labs'],
    ['lib/labs/a/view.tsx', "import Link from 'next/link';", 'drawn outside Next'],
    ['lib/ui/x.tsx', "const a = import('@/lib/course/outline');", 'not course'],
    ['lib/ui/x.tsx', "import { join } from 'path';", 'runs in the browser'],
    ['lib/ui/chart.tsx', "import * as monaco from 'monaco-editor';", 'imported in lib/ui/code-editor only'],
    ['lib/protocols/tls/x.ts', "import { Certificate } from 'pkijs';", 'a pure room imports no package'],
    ['lib/server/x.ts', "import { Certificate } from 'pkijs';", 'imported in lib/x509 only'],
    ['lib/runner/x.ts', "import type { A } from '@/lib/labs/define-lab';", 'not labs'],
    ['lib/course/x.ts', "import { A } from '@/lib/labs/define-lab';", 'not labs'],
    ['lib/classroom/x.ts', "import { A } from '@/lib/course/events';", 'not course'],
    ['lib/server/x.ts', "import View from '@/lib/labs/a/view.tsx';", 'not lab'],
    ['lib/server/x.ts', "import { PrismaClient } from '@prisma/client';", 'lib/server/db only'],
    ['lib/progress/x.ts', "import { a } from '@/lib/server/db';", 'not server'],
    ['lib/lesson/x.tsx', "import { a } from '@/app/page';", 'nothing imports app'],
    ['app/x.tsx', "'use client';\nimport { a } from '@/lib/server/db';", 'only server code imports server'],
    ['lib/shed/x.ts', "import { a } from '@/lib/bytes';", '"shed" is not a room'],
  ];
  test.each(cases)('%s: %s', (path, text, rule) => {
    expect(importProblems({ path, text })).toEqual([expect.stringContaining(rule)]);
  });

  test('what the table allows is no problem', () => {
    const allowed: [path: string, text: string][] = [
      ['lib/course/x.ts', "import type { A } from '@/lib/labs/define-lab'; import { z } from 'zod';"],
      ['lib/labs/a/view.tsx', "import { b } from '@/lib/ui/grid'; import { lab } from './lab';"],
      ['lib/labs/a/lab.ts', "import { defineLab } from '@/lib/labs/define-lab';"],
      ['lib/protocols/tcp/x.ts', "import { a } from '@/lib/bytes'; import { b } from './segment';"],
      ['lib/protocols/tcp/x.test.ts', "import { readFileSync } from 'node:fs';"],
      ['lib/x509/x.ts', "import { Certificate } from 'pkijs';"],
      ['app/page.tsx', "import { a } from '@/lib/server/db';"],
      ['lib/server/x.ts', "import { lab } from '@/lib/labs/a/lab';"],
    ];
    expect(allowed.flatMap(([path, text]) => importProblems({ path, text }))).toEqual([]);
  });

  test('a way round through a third file is found', () => {
    const found = clientPathsToServer([
      { path: 'app/button.tsx', text: "'use client';\nimport { a } from './way';" },
      { path: 'app/way', text: "import { b } from '@/lib/server/example';" },
      { path: 'lib/server/example', text: '' },
    ]);
    expect(found).toEqual(['app/button.tsx → app/way → lib/server/example: client code reaches server code']);
  });
});
