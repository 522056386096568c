import type { Nodes } from 'mdast';
import { visit } from 'unist-util-visit';
import { attributeOf, elementsOf, headingIdOf } from '../lesson-file';
import { suggest, type Problem } from '../problem';
import type { CheckedLesson, CheckedLocale, World } from './world';

/** Links inside the course lead to something that exists; pictures say what they show. */
export function checkLinks(lesson: CheckedLesson, locale: CheckedLocale, world: World): Problem[] {
  const problems: Problem[] = [];
  visit(lesson.tree, (node) => {
    const line = node.position?.start.line ?? 1;
    const add = (message: string) => problems.push({ file: lesson.path, line, message });
    if (node.type === 'image' && !node.alt?.trim())
      add(`image "${node.url}" has no alt text (expected ![what the picture says](…))`);
    if (node.type === 'link') {
      const wrong = checkAddress(node.url, lesson, locale, world);
      if (wrong) add(wrong);
    }
  });
  return problems;
}

function checkAddress(
  url: string,
  lesson: CheckedLesson,
  { lessons, terms }: CheckedLocale,
  { lessonIds, catalogue }: World,
): string | undefined {
  if (/^https:\/\//.test(url)) return undefined;
  const [path = '', anchor] = url.split('#');
  if (path === '') return checkAnchor(url, anchor, lesson);
  const learn = /^\/learn\/([^/]+)(?:\/([^/]+))?$/.exec(path);
  if (learn) {
    const [, chapter = '', name] = learn;
    const chapters = [...new Set(lessonIds.map((id) => id.replace(/\/.*/, '')))];
    if (name === undefined)
      return chapters.includes(chapter)
        ? undefined
        : `dead link "${url}": no such chapter${suggest(chapter, chapters)}`;
    const id = `${chapter}/${name}`;
    if (!lessonIds.includes(id)) return `dead link "${url}": no such lesson${suggest(id, lessonIds)}`;
    const target = lessons.get(id);
    return anchor !== undefined && target ? checkAnchor(url, anchor, target) : undefined;
  }
  if (path === '/glossary')
    return anchor === undefined || terms.includes(anchor)
      ? undefined
      : `dead link "${url}": no such term${suggest(anchor, terms)}`;
  const lab = /^\/labs(?:\/([^/]+))?$/.exec(path);
  if (lab)
    return lab[1] === undefined || Object.hasOwn(catalogue, lab[1])
      ? undefined
      : `dead link "${url}": no such lab${suggest(lab[1], Object.keys(catalogue))}`;
  return `dead link "${url}" (expected https://…, #anchor, /learn/…, /labs or /glossary)`;
}

function checkAnchor(
  url: string,
  anchor: string | undefined,
  { tree, path }: CheckedLesson,
): string | undefined {
  const anchors = anchorsOf(tree);
  return anchor !== undefined && anchors.includes(anchor)
    ? undefined
    : `dead link "${url}": no such anchor in ${path}${suggest(anchor ?? '', anchors)}`;
}

/** Everything on a lesson's page that an address can point to. */
function anchorsOf(tree: Nodes): string[] {
  const anchors: string[] = [];
  visit(tree, 'heading', (heading) => {
    anchors.push(headingIdOf(heading));
  });
  for (const element of elementsOf(tree)) {
    const anchor = attributeOf(element, 'anchor');
    if (anchor !== undefined) anchors.push(anchor);
    const id = attributeOf(element, 'id');
    if (element.name === 'Predict' || element.name === 'Checkpoint')
      anchors.push(`${element.name.toLowerCase()}-${id}`);
  }
  return anchors;
}
