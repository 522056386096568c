import { expect, test } from 'vitest';
import type { NewProgressEvent, ProgressEvent } from './events';
import { foldProgress } from './fold';
import type { ChapterOutline, LessonOutline, Requirement } from './outline';
import { lessonProgress, resumePoint } from './progress';

const requirement = (kind: Requirement['kind'], id: string): Requirement => ({
  kind,
  id,
  label: id,
  anchor: `at-${id}`,
});
const outline = (lesson: string, requirements: Requirement[], available = true): LessonOutline => ({
  id: `tcp/${lesson}`,
  chapter: 'tcp',
  lesson,
  available,
  title: lesson,
  summary: '',
  readingMinutes: 1,
  labs: [],
  requirements,
});
const one = outline('one', [
  requirement('section', 'intro'),
  requirement('prediction', 'rounds'),
  requirement('checkpoint', 'check'),
  requirement('task', 'lab.fill'),
  requirement('exercise', 'lab.write'),
]);
const two = outline('two', [requirement('section', 'intro')]);
const course: ChapterOutline[] = [
  { id: 'tcp', layer: 'transport', title: '', summary: '', lessons: [outline('zero', [], false), one, two] },
];

let count = 0;
function logOf(...events: NewProgressEvent[]): ProgressEvent[] {
  return events.map((event) => {
    count += 1;
    return { ...event, id: `id-${count}`, at: new Date(count * 1000).toISOString() };
  });
}
const lesson = 'tcp/one';
const wrongs = logOf(
  { type: 'prediction:made', lesson, prediction: 'rounds', answer: '9', right: false },
  { type: 'checkpoint:answered', lesson, checkpoint: 'check', answer: '9', right: false },
  { type: 'exercise:attempted', lesson, lab: 'lab', stage: 'write', passed: false, code: '' },
  { type: 'exercise:solution-shown', lesson, lab: 'lab', stage: 'write' },
);
const rights = logOf(
  { type: 'section:read', lesson, section: 'intro' },
  { type: 'checkpoint:answered', lesson, checkpoint: 'check', answer: '3', right: true },
  { type: 'task:passed', lesson, lab: 'lab', task: 'fill' },
  { type: 'exercise:attempted', lesson, lab: 'lab', stage: 'write', passed: true, code: '' },
);

test('a wrong prediction counts; a wrong checkpoint, a failed exercise and a shown solution do not', () => {
  const progress = lessonProgress(one, foldProgress(wrongs)[lesson]);
  expect(progress.done.map(({ id }) => id)).toEqual(['rounds']);
  expect(progress.missing.map(({ id }) => id)).toEqual(['intro', 'check', 'lab.fill', 'lab.write']);
  expect(progress.share).toBeCloseTo(1 / 5);
});

test('a lesson is complete when nothing is missing', () => {
  expect(lessonProgress(one, foldProgress([...wrongs, ...rights])[lesson])).toMatchObject({
    share: 1,
    complete: true,
    missing: [],
  });
});

test('a lesson that requires nothing is complete once opened', () => {
  const empty = outline('empty', []);
  const opened = logOf({ type: 'lesson:opened', lesson: empty.id });
  expect(lessonProgress(empty, undefined).complete).toBe(false);
  expect(lessonProgress(empty, foldProgress(opened)[empty.id]).complete).toBe(true);
});

test('one resumes where something is missing, then in the next lesson, then nowhere', () => {
  expect(resumePoint(course, {})).toEqual({ kind: 'start', lesson: one });
  expect(resumePoint(course, foldProgress(wrongs))).toEqual({
    kind: 'continue',
    lesson: one,
    anchor: 'at-intro',
  });
  const first = [...wrongs, ...rights];
  expect(resumePoint(course, foldProgress(first))).toEqual({ kind: 'next', lesson: two });
  const both = [...first, ...logOf({ type: 'section:read', lesson: two.id, section: 'intro' })];
  expect(resumePoint(course, foldProgress(both))).toBeUndefined();
});

test('after the last lesson one resumes in an earlier one that was left open', () => {
  const log = [...wrongs, ...logOf({ type: 'section:read', lesson: two.id, section: 'intro' })];
  expect(resumePoint(course, foldProgress(log))).toMatchObject({
    kind: 'next',
    lesson: { id: lesson },
    anchor: 'at-intro',
  });
});
