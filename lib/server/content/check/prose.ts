import { visitParents } from 'unist-util-visit-parents';
import { isJsx, type JsxElement } from '../lesson-file';
import type { Problem } from '../problem';
import type { CheckedLesson } from './world';

/**
 * Every number that a lesson states about a protocol is computed, so a quantity never stands in the text.
 * "The 1990s" are no seconds.
 */
const QUANTITY =
  /(?<![\d,.])(?!(?:19|20)\d0s)\d[\d,.]*[\s-]?(round trips?|segments?|octets?|bytes?|[kMG]bit\/s|[kM]bps|[kMG]i?B|ms|µs|s|B)(?![\p{L}\d])|\d[\d,.]*\s?%/gu;

/** Words that tell a learner that it should have been easy, or say nothing. */
const FILLERS = /\b(simply|just|obviously|basically|trivially|actually|easily|of course|needless to say)\b/gi;

/** How the text of a lesson is written: no quantity by hand, no filler, no exclamation mark. */
export function checkProse({ tree, path, frontmatter }: CheckedLesson): Problem[] {
  const problems: Problem[] = [];
  const check = (text: string, line: number) => {
    for (const { offset, message } of problemsOfText(text))
      problems.push({ file: path, line: line + text.slice(0, offset).split('\n').length - 1, message });
  };
  for (const text of [frontmatter.title, frontmatter.summary, ...frontmatter.able]) check(text, 1);
  visitParents(tree, (node, parents) => {
    if (node.type === 'text' && !parents.some(isExempt)) check(node.value, lineOf(node));
    if (isJsx(node)) for (const text of wordsOf(node)) check(text, lineOf(node));
  });
  return problems;
}

const lineOf = (node: { position?: { start: { line: number } } | undefined }) =>
  node.position?.start.line ?? 1;

const isExempt = (node: { type: string; name?: string | null }) =>
  node.name === 'Calc' || node.name === 'Rfc';

/** Attributes that a reader sees. */
function wordsOf(element: JsxElement): string[] {
  return element.attributes.flatMap((attribute) =>
    attribute.type === 'mdxJsxAttribute' &&
    ['question', 'alt', 'caption'].includes(attribute.name) &&
    typeof attribute.value === 'string'
      ? [attribute.value]
      : [],
  );
}

function problemsOfText(text: string): { offset: number; message: string }[] {
  return [
    ...matches(text, QUANTITY, (found) => `"${found}" is typed by hand (expected <Calc>, which computes it)`),
    ...matches(text, FILLERS, (found) => `filler word "${found}" (expected the sentence without it)`),
    ...matches(text, /[!！]/g, () => 'exclamation mark (expected a full stop)'),
  ];
}

function matches(text: string, pattern: RegExp, say: (found: string) => string) {
  return [...text.matchAll(pattern)].map((match) => ({ offset: match.index, message: say(match[0]) }));
}
