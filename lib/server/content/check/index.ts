import { projectRoot } from '../files';
import type { Problem } from '../problem';
import type { LabCatalogue } from '../requirements';
import { readMessageFiles } from '../../text';
import { checkComponents } from './components';
import { checkCorrections } from './corrections';
import { checkHeadings } from './headings';
import { checkLinks } from './links';
import { checkProse } from './prose';
import { readWorld } from './world';

/**
 * Reads all of content/ and says everything that is wrong with it, each with file, line and what was expected.
 * The build runs it first (lib/server/content/check/run.mjs). What only running a lesson can tell, a number
 * that the engine computes otherwise, stops the build where the page is rendered.
 */
export function checkContent(catalogue: LabCatalogue, root = projectRoot()): readonly Problem[] {
  const { world, problems } = readWorld(catalogue, root);
  const found: Problem[] = [...problems];
  for (const locale of world.locales) {
    found.push(...readMessageFiles(root, locale.id).problems);
    for (const lesson of locale.lessons.values())
      found.push(
        ...checkHeadings(lesson),
        ...checkComponents(lesson, locale, world),
        ...checkCorrections(lesson, world),
        ...checkLinks(lesson, locale, world),
        ...checkProse(lesson),
      );
  }
  return found.sort(byPlace);
}

const byPlace = (a: Problem, b: Problem) =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.message.localeCompare(b.message);
