import { visit } from 'unist-util-visit';

/**
 * What every lesson's MDX gets on its way to a page. Plain JavaScript, because the bundler's loader imports it
 * by path, without a TypeScript step; lib/server/content/lesson-file.ts runs the very same plugin, so the
 * outline, the checker and the page cannot disagree about an id.
 *
 * - `source="content/en/tcp/slow-start.mdx:42"` on every component that can fail, so that its error says where;
 * - ids on headings: `## Four bursts [#bursts]`, or a slug of the text;
 * - `anchor` on labs and exercises, which may stand on a page more than once;
 * - each h2 with what follows it becomes a `<section data-section>` with a `<SectionEnd>`, which tells when it
 *   was read to the end.
 */
export default function remarkLesson() {
  return (tree, file) => {
    const path = toContentPath(file.path ?? '');
    const taken = new Map();
    visit(tree, (node) => {
      if (node.type === 'heading') addHeadingId(node);
      if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement')
        addSource(node, path, taken);
    });
    tree.children = toSections(tree.children);
  };
}

const TRACED = new Set([
  'Calc',
  'Lab',
  'Predict',
  'Checkpoint',
  'Exercise',
  'Correction',
  'Rfc',
  'Term',
  'Figure',
]);

/** The path from the repository's root, with forward slashes. */
export function toContentPath(path) {
  const slashed = path.replaceAll('\\', '/');
  const at = slashed.lastIndexOf('/content/');
  return at < 0 ? slashed : slashed.slice(at + 1);
}

/** The text of a node, without what JSX elements would compute. */
export function textOf(node) {
  if (typeof node.value === 'string' && (node.type === 'text' || node.type === 'inlineCode'))
    return node.value;
  return (node.children ?? []).map(textOf).join('');
}

/** "Why not start fast?" → "why-not-start-fast"; '' when nothing Latin is left. */
export function slugOf(text) {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
}

function addHeadingId(heading) {
  const last = heading.children.at(-1);
  const explicit = last?.type === 'text' ? /\s*\[#([^\]\s]+)\]\s*$/.exec(last.value) : null;
  if (explicit) last.value = last.value.slice(0, explicit.index);
  const id = explicit ? explicit[1] : slugOf(textOf(heading));
  heading.data = { ...heading.data, id, hProperties: { ...heading.data?.hProperties, id } };
}

function addSource(node, path, taken) {
  if (!TRACED.has(node.name)) return;
  setAttribute(node, 'source', `${path}:${node.position?.start.line ?? 1}`);
  if (node.name === 'Lab') setAttribute(node, 'anchor', unique(`lab-${attributeOf(node, 'id')}`, taken));
  if (node.name === 'Exercise') {
    const stage = attributeOf(node, 'stage');
    setAttribute(
      node,
      'anchor',
      unique(`exercise-${attributeOf(node, 'lab')}${stage ? `-${stage}` : ''}`, taken),
    );
  }
}

/** The value of an attribute that is a plain string; undefined for an expression or nothing. */
export function attributeOf(node, name) {
  const attribute = node.attributes.find((one) => one.type === 'mdxJsxAttribute' && one.name === name);
  return typeof attribute?.value === 'string' ? attribute.value : undefined;
}

function setAttribute(node, name, value) {
  node.attributes.push({ type: 'mdxJsxAttribute', name, value });
}

function unique(id, taken) {
  const count = (taken.get(id) ?? 0) + 1;
  taken.set(id, count);
  return count === 1 ? id : `${id}-${count}`;
}

function toSections(children) {
  const top = [];
  let section;
  for (const node of children) {
    if (node.type === 'heading' && node.depth === 2) {
      section = createSection(node);
      top.push(section);
    } else if (section && node.type !== 'mdxjsEsm') section.children.push(node);
    else top.push(node);
  }
  for (const node of top)
    if (node.type === 'lessonSection') node.children.push(createSectionEnd(node.data.id));
  return top;
}

function createSection(heading) {
  const id = heading.data.id;
  return {
    type: 'lessonSection',
    data: { id, hName: 'section', hProperties: { 'aria-labelledby': id, 'data-section': id } },
    children: [heading],
    position: heading.position,
  };
}

function createSectionEnd(id) {
  return {
    type: 'mdxJsxFlowElement',
    name: 'SectionEnd',
    attributes: [{ type: 'mdxJsxAttribute', name: 'id', value: id }],
    children: [],
  };
}
