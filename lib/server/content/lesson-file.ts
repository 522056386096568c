import type { Expression } from 'estree';
import type { Nodes, Root } from 'mdast';
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { VFileMessage } from 'vfile-message';
import { ContentError } from './problem';
import remarkLesson, { attributeOf, textOf } from './remark-lesson.mjs';
import { frontmatterSchema, type Frontmatter } from './schemas';
import type { Problem } from './problem';
import { checkYaml, parseYaml } from './yaml-file';

export type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;

/** A lesson's text, parsed but not run. */
export type LessonFile = {
  /** Relative to the repository's root. */
  path: string;
  tree: Root;
  frontmatter: Frontmatter;
  readingMinutes: number;
};

const processor = unified()
  .use(remarkParse)
  .use(remarkMdx)
  .use(remarkFrontmatter)
  .use(remarkGfm)
  .use(remarkLesson);

/** Parses a lesson; answers problems instead of throwing, so that the checker can list all of them. */
export function parseLesson(
  text: string,
  path: string,
): { lesson: LessonFile | undefined; problems: readonly Problem[] } {
  let tree: Root;
  try {
    const file = new VFile({ path, value: text });
    tree = processor.runSync(processor.parse(file), file) as Root;
  } catch (error) {
    if (!(error instanceof VFileMessage)) throw error;
    return {
      lesson: undefined,
      problems: [{ file: path, line: error.line ?? 1, message: `MDX: ${error.reason}` }],
    };
  }
  const yaml = tree.children[0];
  if (yaml?.type !== 'yaml')
    return {
      lesson: undefined,
      problems: [
        { file: path, line: 1, message: 'no frontmatter (expected --- with title, summary, able, sources)' },
      ],
    };
  const { data, problems } = checkYaml(parseYaml(yaml.value, path, 2), frontmatterSchema, path);
  if (!data) return { lesson: undefined, problems };
  return { lesson: { path, tree, frontmatter: data, readingMinutes: readingMinutesOf(tree) }, problems };
}

/** @throws ContentError with every problem of the file's form. */
export function parseLessonOrThrow(text: string, path: string): LessonFile {
  const { lesson, problems } = parseLesson(text, path);
  if (!lesson) throw new ContentError(problems);
  return lesson;
}

/** Every JSX element of a lesson, in order. */
export function elementsOf(tree: Nodes): JsxElement[] {
  const elements: JsxElement[] = [];
  visit(tree, (node) => {
    if (isJsx(node)) elements.push(node);
  });
  return elements;
}

export function isJsx(node: Nodes): node is JsxElement {
  return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
}

/** The h2 headings: what progress counts as sections. */
export function sectionsOf(tree: Root): { id: string; title: string }[] {
  const sections: { id: string; title: string }[] = [];
  visit(tree, 'heading', (node) => {
    if (node.depth === 2) sections.push({ id: headingIdOf(node), title: textOf(node).trim() });
  });
  return sections;
}

export function headingIdOf(heading: Nodes): string {
  const { id } = (heading.data ?? {}) as { id?: string };
  return id ?? '';
}

export { attributeOf };

const WORDS_PER_MINUTE = 200;
const HAN_PER_MINUTE = 400;

/** Words at 200 a minute and Chinese characters at 400, code not counted; labs take as long as they take. */
export function readingMinutesOf(tree: Root): number {
  let words = 0;
  let han = 0;
  visit(tree, (node) => {
    if (node.type !== 'text') return;
    const characters = node.value.match(/\p{Script=Han}/gu)?.length ?? 0;
    han += characters;
    words += node.value.replace(/\p{Script=Han}/gu, ' ').match(/[\p{L}\p{N}’'-]+/gu)?.length ?? 0;
  });
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE + han / HAN_PER_MINUTE));
}

/**
 * The value of an attribute that says the same whatever the lesson computes: a string, a number, a boolean, or
 * an array or object of these. Undefined if it is absent or needs the engine.
 */
export function literalOf(element: JsxElement, name: string): unknown {
  const attribute = element.attributes.find((one) => one.type === 'mdxJsxAttribute' && one.name === name);
  if (!attribute) return undefined;
  if (attribute.value === null || attribute.value === undefined) return true;
  if (typeof attribute.value === 'string') return attribute.value;
  const statement = attribute.value.data?.estree?.body[0];
  return statement?.type === 'ExpressionStatement' ? valueOf(statement.expression) : undefined;
}

function valueOf(node: Expression): unknown {
  if (node.type === 'Literal') return node.value;
  if (node.type === 'UnaryExpression' && node.operator === '-') return -Number(valueOf(node.argument));
  if (node.type === 'ArrayExpression')
    return node.elements.map((one) => (one && one.type !== 'SpreadElement' ? valueOf(one) : undefined));
  if (node.type === 'ObjectExpression')
    return Object.fromEntries(
      node.properties.flatMap((one) => {
        if (one.type !== 'Property' || one.computed) return [];
        const key =
          one.key.type === 'Identifier' ? one.key.name : one.key.type === 'Literal' ? one.key.value : '';
        return [[String(key), valueOf(one.value as Expression)]];
      }),
    );
  return undefined;
}
