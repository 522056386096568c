import type { ChapterOutline, LessonOutline } from '@/lib/course/outline';
import type { Text } from '@/lib/text';
import { createText } from '@/lib/text/text';
import { findText, projectRoot } from './files';
import { loadMessages } from '../text';
import { parseLessonOrThrow } from './lesson-file';
import { ContentError } from './problem';
import { labsOf, requirementsOf, type LabCatalogue } from './requirements';
import {
  chapterFileSchema,
  correctionsFileSchema,
  courseFileSchema,
  type ChapterFile,
  type Correction,
  type CourseFile,
} from './schemas';
import { checkYaml, parseYaml } from './yaml-file';
import type { z } from 'zod';

/** A chapter as its cover shows it: the outline, what it is called by ('2', or 'F'), and the question that it starts from. */
export type ChapterPage = ChapterOutline & { mark: string; question: string };

/**
 * The whole course in one language, in order. What counts in a lesson is derived from its MDX and from the labs
 * on it. @throws ContentError if a file is missing or does not fit its schema
 */
export function loadCourse(
  locale: string,
  catalogue: LabCatalogue,
  root = projectRoot(),
): readonly ChapterPage[] {
  const t = createText(loadMessages(locale, ['labs'], root), locale);
  return readCourseFile(root).chapters.map((chapter) => loadChapter(chapter, { locale, catalogue, root, t }));
}

/** `content/course.yaml`. @throws ContentError */
export const readCourseFile = (root = projectRoot()): CourseFile =>
  readYamlOrThrow(root, 'content/course.yaml', courseFileSchema);

/** `content/corrections.yaml`. @throws ContentError */
export const loadCorrections = (root = projectRoot()): readonly Correction[] =>
  readYamlOrThrow(root, 'content/corrections.yaml', correctionsFileSchema).corrections;

type Loading = { locale: string; catalogue: LabCatalogue; root: string; t: Text };

function loadChapter(chapter: CourseFile['chapters'][number], loading: Loading): ChapterPage {
  const { locale, root } = loading;
  const file = readYamlOrThrow(root, `content/${locale}/${chapter.id}/chapter.yaml`, chapterFileSchema);
  const lessons = chapter.lessons.map((lesson) => loadLessonOutline(chapter.id, lesson, file, loading));
  const { title, question, summary } = file;
  return { id: chapter.id, mark: chapter.mark, layer: chapter.layer, title, question, summary, lessons };
}

function loadLessonOutline(
  chapter: string,
  { id: lesson, labs }: CourseFile['chapters'][number]['lessons'][number],
  file: ChapterFile,
  { locale, catalogue, root, t }: Loading,
): LessonOutline {
  const identity = { id: `${chapter}/${lesson}`, chapter, lesson };
  const path = `content/${locale}/${chapter}/${lesson}.mdx`;
  const text = findText(root, path);
  if (text === undefined) {
    const { title, summary } = file.coming[lesson] ?? { title: lesson, summary: '' };
    return { ...identity, available: false, title, summary, readingMinutes: 0, labs, requirements: [] };
  }
  const { tree, frontmatter, readingMinutes } = parseLessonOrThrow(text, path);
  return {
    ...identity,
    available: true,
    title: frontmatter.title,
    summary: frontmatter.summary,
    readingMinutes,
    labs: labsOf(tree),
    requirements: requirementsOf(tree, catalogue, t),
  };
}

function readYamlOrThrow<Schema extends z.ZodType>(
  root: string,
  path: string,
  schema: Schema,
): z.output<Schema> {
  const text = findText(root, path);
  if (text === undefined) throw new ContentError([{ file: path, line: 1, message: 'the file is missing' }]);
  const { data, problems } = checkYaml(parseYaml(text, path), schema, path);
  if (data === undefined) throw new ContentError(problems);
  return data;
}
