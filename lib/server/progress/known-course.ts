import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ProgressEvent } from '@/lib/course/events';
import { AppError } from '../errors';

/** Only what is needed to know an id; the content room checks the whole file at build time. */
const courseSchema = z.object({
  chapters: z.array(
    z.object({
      id: z.string(),
      lessons: z.array(z.object({ id: z.string(), labs: z.array(z.string()).default([]) })),
    }),
  ),
});

/** The ids that events may name. */
export type KnownCourse = { lessons: ReadonlySet<string>; labs: ReadonlySet<string> };

export function parseKnownCourse(yaml: string): KnownCourse {
  const { chapters } = courseSchema.parse(parse(yaml));
  const lessons = chapters.flatMap((chapter) =>
    chapter.lessons.map((lesson) => ({ ...lesson, chapter: chapter.id })),
  );
  return {
    lessons: new Set(lessons.map(({ chapter, id }) => `${chapter}/${id}`)),
    labs: new Set(lessons.flatMap(({ labs }) => labs)),
  };
}

let read: { changedMs: number; course: KnownCourse } | undefined;

/** What content/course.yaml names now. */
export function knownCourse(): KnownCourse {
  const path = join(/* turbopackIgnore: true */ process.cwd(), 'content/course.yaml');
  const changedMs = statSync(path).mtimeMs;
  if (read?.changedMs !== changedMs)
    read = { changedMs, course: parseKnownCourse(readFileSync(path, 'utf8')) };
  return read.course;
}

/** Refuses events about lessons or labs that the course does not have: they would count for nothing, for ever. */
export function assertKnown(events: readonly ProgressEvent[], course: KnownCourse): void {
  events.forEach((event, index) => {
    if (!course.lessons.has(event.lesson)) {
      throw new AppError('progress.lesson_not_found', { field: `events.${index}.lesson` });
    }
    if ('lab' in event && !course.labs.has(event.lab)) {
      throw new AppError('progress.lab_not_found', { field: `events.${index}.lab` });
    }
  });
}
