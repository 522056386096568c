import type { LessonOutline } from '@/lib/course/outline';
import { findText, projectRoot } from './files';
import { loadCorrections, loadCourse } from './load-course';
import { loadGlossary, type Term } from './load-glossary';
import { parseLessonOrThrow } from './lesson-file';
import type { LabCatalogue } from './requirements';

/** All that a lesson's page needs besides its compiled text; `page` is what LessonBody takes. */
export type LessonPage = {
  outline: LessonOutline;
  page: {
    lesson: string;
    locale: string;
    able: readonly string[];
    sources: readonly number[];
    terms: ReadonlyMap<string, Term>;
    corrections: ReadonlyMap<number, readonly string[]>;
    available: ReadonlySet<string>;
  };
};

/** A written lesson; undefined if course.yaml does not name it or nobody has written it. @throws ContentError */
export function loadLesson(
  locale: string,
  chapter: string,
  lesson: string,
  catalogue: LabCatalogue,
  root = projectRoot(),
): LessonPage | undefined {
  const lessons = loadCourse(locale, catalogue, root).flatMap((one) => one.lessons);
  const outline = lessons.find(({ id }) => id === `${chapter}/${lesson}`);
  const path = `content/${locale}/${chapter}/${lesson}.mdx`;
  const text = outline && findText(root, path);
  if (text === undefined || !outline) return undefined;
  const { able, sources } = parseLessonOrThrow(text, path).frontmatter;
  return {
    outline,
    page: {
      lesson: outline.id,
      locale,
      able,
      sources,
      terms: new Map(loadGlossary(locale, root).map((term) => [term.id, term])),
      corrections: new Map(loadCorrections(root).map(({ n, sources }) => [n, sources])),
      available: new Set(lessons.filter(({ available }) => available).map(({ id }) => id)),
    },
  };
}
