import { expect, test } from 'vitest';
import { loadCourse, loadGlossary, loadLesson } from '.';
import { catalogue, createContent, lessonOf } from './content.fixture';
import { loadMessages } from '../text';

const LESSON = 'content/en/tcp/slow-start.mdx';
const load = (text: string) => {
  const [chapter] = loadCourse('en', catalogue, createContent({ [LESSON]: lessonOf(text) }));
  const lesson = chapter?.lessons[0];
  if (!lesson) throw new Error('the fixture has a lesson');
  return lesson;
};

test('chapters and lessons stand in the order of course.yaml, written or coming', () => {
  const [chapter] = loadCourse('en', catalogue, createContent({ [LESSON]: lessonOf('Text.') }));
  expect(chapter).toMatchObject({
    id: 'tcp',
    mark: '2',
    layer: 'transport',
    title: 'TCP',
    question: 'Why does it wait?',
  });
  expect(chapter?.lessons.map(({ id, available, title }) => [id, available, title])).toEqual([
    ['tcp/slow-start', true, 'Slow start'],
    ['tcp/congestion', false, 'Congestion'],
  ]);
});

test('what counts in a lesson is derived from its text and its labs, each once', () => {
  const { labs, requirements } = load(`## Why [#why-wait]

<Predict id="p" question="When?" answer={1}>Then.</Predict>

<Lab id="slow-start" tasks={[]} predictions={[]} />

## How

<Lab id="slow-start" />

<Checkpoint id="c" question="So?"><Option right>a<Why>b</Why></Option></Checkpoint>

<Exercise lab="slow-start" />`);
  expect(labs).toEqual(['slow-start']);
  expect(requirements).toEqual([
    { kind: 'section', id: 'why-wait', label: 'Why', anchor: 'why-wait' },
    { kind: 'section', id: 'how', label: 'How', anchor: 'how' },
    { kind: 'prediction', id: 'p', label: 'When?', anchor: 'predict-p' },
    { kind: 'prediction', id: 'slow-start.total', label: 'How long?', anchor: 'lab-slow-start-2' },
    { kind: 'task', id: 'slow-start.warm', label: 'Reuse the connection', anchor: 'slow-start.warm' },
    { kind: 'checkpoint', id: 'c', label: 'So?', anchor: 'checkpoint-c' },
    { kind: 'exercise', id: 'slow-start.formula', label: 'The formula', anchor: 'exercise-slow-start' },
  ]);
});

test('only what a lab shows on the page counts', () => {
  const { requirements } = load('<Lab id="slow-start" tasks={[]} />');
  expect(requirements.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['prediction slow-start.total']);
});

test('reading time counts words and Chinese characters, not code', () => {
  expect(load('word '.repeat(1000)).readingMinutes).toBe(5);
  expect(load('字'.repeat(2000)).readingMinutes).toBe(5);
  expect(load(`\`\`\`\n${'word '.repeat(5000)}\n\`\`\``).readingMinutes).toBe(1);
});

test('a lesson that nobody has written, or that does not exist, is not loaded', () => {
  const root = createContent();
  expect(loadLesson('en', 'tcp', 'congestion', catalogue, root)).toBeUndefined();
  expect(loadLesson('en', 'tcp', '../../../etc/passwd', catalogue, root)).toBeUndefined();
});

test('a broken file is named with its line', () => {
  const root = createContent({ 'content/course.yaml': 'chapters:\n  - id: tpc\n' });
  expect(() => loadCourse('en', catalogue, root)).toThrow(
    /^content\/course\.yaml:2: field "chapters\.0\.id": /,
  );
});

test('the glossary is in the order of the alphabet', () => {
  const root = createContent({ 'content/en/glossary/a.yaml': 'term: ACK\ndefinition: Yes.\n' });
  expect(loadGlossary('en', root).map(({ id }) => id)).toEqual(['a', 'rtt']);
});

test('messages of all files merge, and a prefix narrows them', () => {
  const root = createContent({ 'content/en/messages/site.yaml': 'lab: Lab\nlabs: { all: All labs }\n' });
  expect(Object.keys(loadMessages('en', undefined, root)).sort()).toEqual([
    'lab',
    'labs.all',
    'labs.slow-start.exercise.formula.prompt',
    'labs.slow-start.predictions.total.question',
    'labs.slow-start.tasks.warm',
    'labs.slow-start.title',
  ]);
  expect(Object.keys(loadMessages('en', ['lab'], root))).toEqual(['lab']);
});

test('messages can be handed to a client component: plain objects only', () => {
  const root = createContent({
    'content/en/messages/a.yaml': 'n: "{n, plural, one {# byte} other {# bytes}}"\n',
  });
  const isPlain = (value: unknown): boolean =>
    typeof value !== 'object' ||
    value === null ||
    ((Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) &&
      Object.values(value).every(isPlain));
  expect(isPlain(loadMessages('en', ['n'], root))).toBe(true);
});
