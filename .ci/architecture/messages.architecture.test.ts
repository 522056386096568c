import { expect, test } from 'vitest';
import ts from 'typescript';
import { parse as parseYaml } from 'yaml';
import { isTest, roomOf } from '../../house.config.mjs';
import {
  listFiles,
  nodesOf,
  parse,
  placeOf,
  readSource,
  readSources,
  type Problem,
  type Source,
} from './sources';

/** Keys that code makes out of data, so that no reading of the code finds them. `*` is any part. */
const madeFromData: readonly string[] = ['wire.understood.*', 'wire.ended.*', 'wire.read.*'];

/** The dotted keys of a locale's catalogue; files below labs/ lie under `labs.<file>`. */
function catalogueKeys(files: readonly Source[]): string[] {
  const flatten = (tree: unknown, prefix: string): string[] =>
    typeof tree === 'object' && tree !== null
      ? Object.entries(tree).flatMap(([key, value]) => flatten(value, prefix ? `${prefix}.${key}` : key))
      : [prefix];
  return files.flatMap(({ path, text }) => {
    const lab = /\/labs\/([^/]+)\.yaml$/.exec(path)?.[1];
    return flatten(parseYaml(text), lab ? `labs.${lab}` : '');
  });
}

type Use = { pattern: string; node: ts.Node };

/** The keys an expression may stand for: `a ? 'x' : 'y'` is two, a template is a pattern. */
function patternsOf(expression: ts.Expression): Use[] {
  if (ts.isStringLiteralLike(expression)) return [{ pattern: expression.text, node: expression }];
  if (ts.isParenthesizedExpression(expression)) return patternsOf(expression.expression);
  if (ts.isConditionalExpression(expression))
    return [...patternsOf(expression.whenTrue), ...patternsOf(expression.whenFalse)];
  if (ts.isTemplateExpression(expression)) {
    const pattern =
      expression.head.text + expression.templateSpans.map((span) => `*${span.literal.text}`).join('');
    return [{ pattern, node: expression }];
  }
  return [];
}

/** What a control says that is bound to a param by its name: lib/labs/param-fields.tsx tells where that stands. */
function usesOfParam(control: ts.JsxSelfClosingElement): Use[] {
  const values = new Map(
    control.attributes.properties.flatMap((it) =>
      ts.isJsxAttribute(it) && it.initializer ? [[it.name.getText(), it.initializer] as const] : [],
    ),
  );
  const textOf = (name: string) => {
    const value = values.get(name);
    return value && ts.isStringLiteral(value) ? value.text : undefined;
  };
  const list = values.get('options');
  const ids = list
    ? list.getText().startsWith('{[')
      ? [...nodesOf(list)].flatMap((it) => (ts.isStringLiteral(it) ? [it.text] : []))
      : ['*']
    : [];
  const label = `labels.${textOf('name') ?? '*'}`;
  const unit = textOf('unit');
  return [label, ...ids.map((id) => `${label}Options.${id}`), ...(unit ? [`units.${unit}`] : [])].map(
    (pattern) => ({ pattern, node: control }),
  );
}

/** `t('key')`, `t.has('key')`, and in a lab the `{ key: 'key' }` of a MessageRef and what is bound to a param. */
function usesOf(source: Source): Use[] {
  const lab = roomOf(source.path)?.room === 'lab';
  return [...nodesOf(parse(source))].flatMap((node) => {
    if (ts.isCallExpression(node) && /^t(\.has)?$/.test(node.expression.getText())) {
      const [key] = node.arguments;
      return key ? patternsOf(key) : [];
    }
    if (lab && ts.isJsxSelfClosingElement(node) && /^Param[A-Z]/.test(node.tagName.getText()))
      return usesOfParam(node);
    const isRef = lab && ts.isPropertyAssignment(node) && node.name.getText() === 'key';
    return isRef ? patternsOf(node.initializer) : [];
  });
}

const toRegExp = (pattern: string) =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.\\[\]()+?^${}|]/g, '\\$&'))
      .join('.+')}$`,
  );

/** A lab's files say keys below their own lab, and so do the labs room's shared parts for whichever lab. */
function candidates(path: string, pattern: string): RegExp[] {
  const home = roomOf(path);
  const below =
    home?.room === 'lab'
      ? [`labs.${home.name}.${pattern}`]
      : home?.room === 'labs'
        ? [`labs.*.${pattern}`]
        : [];
  return [...below, pattern].map(toRegExp);
}

function missingKeys(sources: readonly Source[], keys: readonly string[]): Problem[] {
  return sources.flatMap((source) =>
    usesOf(source).flatMap(({ pattern, node }) => {
      if (/^\**$/.test(pattern)) return [];
      const known = candidates(source.path, pattern).some((one) => keys.some((key) => one.test(key)));
      return known ? [] : [`${placeOf(node)} says ${pattern}, which the catalogue does not have`];
    }),
  );
}

/** Keys outside the labs' own files that no code names, neither in t() nor as a string of its own. */
function unusedKeys(sources: readonly Source[], keys: readonly string[]): string[] {
  const patterns = sources.flatMap((source) => [
    ...usesOf(source).flatMap(({ pattern }) =>
      /^\**$/.test(pattern) ? [] : candidates(source.path, pattern),
    ),
  ]);
  patterns.push(...madeFromData.map(toRegExp));
  const strings = new Set(
    sources.flatMap((source) =>
      [...nodesOf(parse(source))].flatMap((it) => (ts.isStringLiteralLike(it) ? [it.text] : [])),
    ),
  );
  return keys.filter(
    (key) => !key.startsWith('labs.') && !strings.has(key) && !patterns.some((one) => one.test(key)),
  );
}

const sources = readSources().filter(({ path }) => /^(app|lib)\//.test(path) && !isTest(path));
const catalogue = listFiles('content')
  .filter((path) => /^content\/en\/messages\/.*\.yaml$/.test(path))
  .map(readSource);

test('every key that code says is in the catalogue', () => {
  expect(missingKeys(sources, catalogueKeys(catalogue))).toEqual([]);
});

test('every message outside the labs is said somewhere', () => {
  expect(unusedKeys(sources, catalogueKeys(catalogue))).toEqual([]);
});

test('both rules are seen to break', () => {
  const keys = catalogueKeys([
    {
      path: 'content/en/messages/site.yaml',
      text: 'home: { title: Hi, old: Gone, a: A, b: B, say: { x: X } }',
    },
    {
      path: 'content/en/messages/labs/slow-start.yaml',
      text: 'title: Slow start\nlabels: { tls: TLS, tlsOptions: { none: None } }',
    },
  ]);
  const page = {
    path: 'app/page.tsx',
    text: "t('home.title'); t('home.gone');\nt(x ? 'home.a' : 'home.b'); t(`home.say.${x}`); t(`home.${x}.say`); t(key);",
  };
  const lab = {
    path: 'lib/labs/slow-start/lab.ts',
    text: "export const a = { key: 'title' }, b = { key: 'gone' };",
  };
  const view = {
    path: 'lib/labs/slow-start/view.tsx',
    text: '<ParamChoice of={props} name="tls" options={[\'none\', \'1.3\']} />;\n<ParamSlider of={props} name="rttMs" unit="ms" />;',
  };
  expect(missingKeys([page, lab, view], keys)).toEqual([
    'app/page.tsx:1 says home.gone, which the catalogue does not have',
    'app/page.tsx:2 says home.*.say, which the catalogue does not have',
    'lib/labs/slow-start/lab.ts:1 says gone, which the catalogue does not have',
    'lib/labs/slow-start/view.tsx:1 says labels.tlsOptions.1.3, which the catalogue does not have',
    'lib/labs/slow-start/view.tsx:2 says labels.rttMs, which the catalogue does not have',
    'lib/labs/slow-start/view.tsx:2 says units.ms, which the catalogue does not have',
  ]);
  expect(unusedKeys([page, lab], keys)).toEqual(['home.old']);
});
