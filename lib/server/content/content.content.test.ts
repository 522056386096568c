import { expect, test } from 'vitest';
import { labCatalogue } from '@/lib/labs/catalogue';
import { locales } from '@/lib/text/locales';
import { loadCourse, writeProblem } from '.';
import { checkContent } from './check';

test('nothing is wrong with any content file', () => {
  expect(checkContent(labCatalogue).map(writeProblem)).toEqual([]);
});

test.each(locales)('every lesson of the course has a title and a summary in %s', (locale) => {
  const lessons = loadCourse(locale, labCatalogue).flatMap((chapter) => chapter.lessons);
  expect(lessons.filter(({ lesson, title, summary }) => title === lesson || summary === '')).toEqual([]);
});

test.each(locales)('every label of what counts in a lesson is written in %s', (locale) => {
  const labels = loadCourse(locale, labCatalogue).flatMap(({ lessons }) =>
    lessons.flatMap(({ requirements }) => requirements.map(({ label }) => label)),
  );
  expect(labels.filter((label) => label === '' || label.startsWith('['))).toEqual([]);
});

test.each(locales)('every written lesson takes 8 to 15 minutes to read in %s', (locale) => {
  const written = loadCourse(locale, labCatalogue)
    .flatMap(({ lessons }) => lessons)
    .filter(({ available }) => available);
  const outside = written.filter(({ readingMinutes }) => readingMinutes < 8 || readingMinutes > 15);
  expect(outside.map(({ id, readingMinutes }) => `${id}: ${readingMinutes}`)).toEqual([]);
});
