import { htmlElements, injected, vocabulary } from '@/lib/lesson/vocabulary';
import { elementsOf, literalOf, type JsxElement } from '../lesson-file';
import { suggest, type Problem } from '../problem';
import { checkLabs } from './labs';
import type { CheckedLesson, CheckedLocale, World } from './world';

/** Every component is of the vocabulary, has the attributes it needs and no other, and names what exists. */
export function checkComponents(lesson: CheckedLesson, locale: CheckedLocale, world: World): Problem[] {
  const problems: Problem[] = [];
  const elements = elementsOf(lesson.tree).filter(({ name }) => name !== 'SectionEnd');
  for (const element of elements) {
    const add = (message: string) => problems.push({ file: lesson.path, line: lineOf(element), message });
    checkAttributes(element).forEach(add);
    checkReference(element, locale).forEach(add);
  }
  for (const kind of ['Predict', 'Checkpoint']) problems.push(...checkUniqueIds(elements, kind, lesson.path));
  return [...problems, ...checkLabs(lesson, world.catalogue)];
}

export const lineOf = (element: JsxElement) => element.position?.start.line ?? 1;

function checkAttributes(element: JsxElement): string[] {
  const { name } = element;
  if (name === null) return [];
  const known = vocabulary[name];
  if (!known) return htmlElements.includes(name) ? [] : [unknownComponent(name)];
  const problems: string[] = [];
  const given = new Set<string>();
  for (const attribute of element.attributes) {
    if (attribute.type === 'mdxJsxExpressionAttribute')
      problems.push(`<${name}> spreads its attributes (expected each by name)`);
    else if (!injected.includes(attribute.name)) {
      given.add(attribute.name);
      const expected = known[attribute.name];
      if (!expected)
        problems.push(
          `<${name}> has no attribute "${attribute.name}"${suggest(attribute.name, Object.keys(known))}`,
        );
      else if (expected.kind !== 'expression' && !isOfKind(literalOf(element, attribute.name), expected.kind))
        problems.push(`<${name}> attribute "${attribute.name}" is not a ${expected.kind} written out`);
    }
  }
  for (const [attribute, { required }] of Object.entries(known))
    if (required && !given.has(attribute)) problems.push(missing(name, attribute));
  return problems;
}

const unknownComponent = (name: string) =>
  `unknown component <${name}>${suggest(name, [...Object.keys(vocabulary), ...htmlElements])}`;

const missing = (name: string, attribute: string) =>
  name === 'Figure' && attribute === 'alt'
    ? '<Figure> has no alt text (expected alt="…": what the picture says)'
    : `<${name}> needs the attribute "${attribute}"`;

function isOfKind(value: unknown, kind: 'text' | 'number' | 'boolean'): boolean {
  if (kind === 'text') return typeof value === 'string' && value.trim() !== '';
  return typeof value === kind;
}

function checkReference(element: JsxElement, { terms }: CheckedLocale): string[] {
  if (element.name === 'Term') {
    const id = literalOf(element, 'id');
    return typeof id === 'string' && !terms.includes(id)
      ? [`unknown glossary term "${id}"${suggest(id, terms)}`]
      : [];
  }
  if (element.name === 'Rfc') {
    const n = literalOf(element, 'n');
    const s = literalOf(element, 's');
    return [
      ...(typeof n === 'number' && !isRfcNumber(n)
        ? [`<Rfc n={${n}}>: no such RFC (expected a number from 1)`]
        : []),
      ...(typeof s === 'string' && !/^([1-9A-Z]\d*)(\.[1-9]\d*)*$/.test(s)
        ? [`<Rfc s="${s}">: not a section (expected a number as in s="3.1" or s="A.2")`]
        : []),
    ];
  }
  if (element.name === 'Checkpoint') {
    const right = elementsOf(element).filter(
      (one) => one.name === 'Option' && literalOf(one, 'right') === true,
    );
    return right.length === 1 ? [] : [`<Checkpoint> has ${right.length} right options (expected 1)`];
  }
  if (element.name === 'Option' && !elementsOf(element).some(({ name }) => name === 'Why'))
    return ['<Option> has no <Why> (expected why it is right or wrong)'];
  return [];
}

const isRfcNumber = (n: number) => Number.isInteger(n) && n >= 1 && n < 100_000;

function checkUniqueIds(elements: readonly JsxElement[], kind: string, file: string): Problem[] {
  const lines = new Map<string, number>();
  return elements.flatMap((element) => {
    const id = literalOf(element, 'id');
    if (element.name !== kind || typeof id !== 'string') return [];
    const line = lineOf(element);
    const first = lines.get(id);
    if (first !== undefined)
      return [{ file, line, message: `<${kind}> id "${id}" is already on line ${first}` }];
    lines.set(id, line);
    return /^[a-z0-9][a-z0-9.-]{0,79}$/.test(id)
      ? []
      : [{ file, line, message: `<${kind}> id "${id}" is not kebab-case` }];
  });
}
