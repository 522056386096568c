import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { findText, listFiles, readText } from '../files';
import { parseLesson, type LessonFile } from '../lesson-file';
import { termIdOf } from '../load-glossary';
import { suggest, type Problem } from '../problem';
import type { LabCatalogue } from '../requirements';
import {
  chapterFileSchema,
  correctionsFileSchema,
  courseFileSchema,
  termFileSchema,
  type Correction,
} from '../schemas';
import { checkYaml, parseYaml } from '../yaml-file';

/** A written lesson and where it stands. */
export type CheckedLesson = LessonFile & { id: string };

export type CheckedLocale = {
  id: string;
  lessons: ReadonlyMap<string, CheckedLesson>;
  terms: readonly string[];
};

/** Everything that one content file may refer to in another. */
export type World = {
  root: string;
  /** `<chapter>/<lesson>` of course.yaml, written or not. */
  lessonIds: readonly string[];
  corrections: readonly Correction[];
  catalogue: LabCatalogue;
  locales: readonly CheckedLocale[];
};

/** Reads every content file; what does not fit its schema is a problem, and left out of the world. */
export function readWorld(
  catalogue: LabCatalogue,
  root: string,
): { world: World; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const read = <Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> | undefined => {
    const text = findText(root, file);
    if (text === undefined) {
      problems.push({ file, line: 1, message: 'the file is missing' });
      return undefined;
    }
    const checked = checkYaml(parseYaml(text, file), schema, file);
    problems.push(...checked.problems);
    return checked.data;
  };
  const course = read('content/course.yaml', courseFileSchema)?.chapters ?? [];
  const lessonIds = course.flatMap(({ id, lessons }) => lessons.map((lesson) => `${id}/${lesson.id}`));
  problems.push(...checkUnique(lessonIds, 'content/course.yaml', 'lesson'));
  const corrections = read('content/corrections.yaml', correctionsFileSchema)?.corrections ?? [];
  problems.push(
    ...checkUnique(
      corrections.map(({ n }) => String(n)),
      'content/corrections.yaml',
      'correction',
    ),
  );
  for (const { n, lesson } of corrections)
    if (!lessonIds.includes(lesson))
      problems.push({
        file: 'content/corrections.yaml',
        line: 1,
        message: `correction ${n} names the unknown lesson "${lesson}"${suggest(lesson, lessonIds)}`,
      });

  const locales = localesOf(root).map((locale): CheckedLocale => {
    for (const { id } of course) read(`content/${locale}/${id}/chapter.yaml`, chapterFileSchema);
    const lessons = readLessons(root, locale, lessonIds, problems);
    return { id: locale, lessons, terms: readTerms(root, locale, read, problems) };
  });
  return { world: { root, lessonIds, corrections, catalogue, locales }, problems };
}

function readLessons(root: string, locale: string, lessonIds: readonly string[], problems: Problem[]) {
  const lessons = new Map<string, CheckedLesson>();
  for (const file of listFiles(root, `content/${locale}`, '.mdx')) {
    const id = file.slice(`content/${locale}/`.length, -'.mdx'.length);
    if (!lessonIds.includes(id)) {
      problems.push({
        file,
        line: 1,
        message: `course.yaml names no lesson "${id}"${suggest(id, lessonIds)}`,
      });
      continue;
    }
    const parsed = parseLesson(readText(root, file), file);
    problems.push(...parsed.problems);
    if (parsed.lesson) lessons.set(id, { ...parsed.lesson, id });
  }
  return lessons;
}

function readTerms(
  root: string,
  locale: string,
  read: (file: string, schema: typeof termFileSchema) => z.output<typeof termFileSchema> | undefined,
  problems: Problem[],
): readonly string[] {
  const files = listFiles(root, `content/${locale}/glossary`, '.yaml');
  const terms = files.map(termIdOf);
  for (const file of files)
    for (const other of read(file, termFileSchema)?.see ?? [])
      if (!terms.includes(other))
        problems.push({
          file,
          line: 1,
          message: `see: unknown glossary term "${other}"${suggest(other, terms)}`,
        });
  return terms;
}

/** The folders of content/ that are languages. */
function localesOf(root: string): string[] {
  return readdirSync(join(root, 'content'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[a-z]{2}$/.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

function checkUnique(ids: readonly string[], file: string, what: string): Problem[] {
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [...new Set(twice)].map((id) => ({ file, line: 1, message: `${what} "${id}" is there twice` }));
}
