import { visit } from 'unist-util-visit';
import { headingIdOf } from '../lesson-file';
import type { Problem } from '../problem';
import { textOf } from '../remark-lesson.mjs';
import type { CheckedLesson } from './world';

/** Ids of sections are permanent and stored with progress (lib/course/events.ts). */
const ID = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** Heading levels go down one at a time from h2, and every heading has an id of its own. */
export function checkHeadings({ tree, path }: CheckedLesson): Problem[] {
  const problems: Problem[] = [];
  const linesById = new Map<string, number>();
  let above = 1;
  visit(tree, 'heading', (heading) => {
    const line = heading.position?.start.line ?? 1;
    const add = (message: string) => problems.push({ file: path, line, message });
    const id = headingIdOf(heading);
    const first = linesById.get(id);
    if (heading.depth === 1)
      add('heading of level 1: the title is in the frontmatter (expected ## or deeper)');
    else if (heading.depth > above + 1)
      add(`heading of level ${heading.depth} after level ${above} (expected at most ${above + 1})`);
    if (!ID.test(id))
      add(
        `heading "${textOf(heading).trim()}" needs an id (expected kebab-case, as in: ## … [#first-window])`,
      );
    else if (first !== undefined) add(`heading id "${id}" is already on line ${first}`);
    else linesById.set(id, line);
    above = heading.depth;
  });
  return problems;
}
