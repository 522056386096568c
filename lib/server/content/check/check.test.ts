import { describe, expect, test } from 'vitest';
import { checkContent } from '.';
import { catalogue, CORRECTION, createContent, FRONTMATTER, lessonOf } from '../content.fixture';
import { writeProblem } from '../problem';

const LESSON = 'content/en/tcp/slow-start.mdx';
const check = (changes: Record<string, string | null> = {}) =>
  checkContent(catalogue, createContent(changes)).map(writeProblem);
/** Checks a lesson; its text begins on line 7. */
const checkLesson = (text: string) => check({ [LESSON]: lessonOf(text) });

test('a course in which nothing is wrong has no problem', () => {
  expect(check()).toEqual([]);
  expect(
    checkLesson(`A window [waits](/learn/tcp/congestion) for an <Term id="rtt" />, see [below](#below) and [RFC](https://www.rfc-editor.org).

## Below

<Lab id="slow-start" preset={{ bytes: 5, reused: true }} />

<Exercise lab="slow-start" stage="formula" />

<Calc value={1 + 1} expect={2} unit="ms" /> and \`56 ms\` in code, <Rfc n={5681} s="3.1" />

<Checkpoint id="c" question="Why?"><Option right>So<Why>Yes.</Why></Option><Option>Not<Why>No.</Why></Option></Checkpoint>

<Predict id="p" question="When?" answer={2}>Then.</Predict>`),
  ).toEqual([]);
});

/** What is wrong, the lesson's text, and the exact message. */
const inLessons: [cause: string, text: string, ...messages: string[]][] = [
  ['an unknown lab', '<Lab id="slow-strat" />', ':7: unknown lab "slow-strat" (did you mean "slow-start"?)'],
  [
    'a preset with an unknown parameter',
    '\n<Lab id="slow-start" preset={{ byts: 3 }} />',
    ':8: preset of lab "slow-start" has the unknown parameter "byts" (did you mean "bytes"?)',
  ],
  [
    'a preset that the schema refuses',
    '<Lab id="slow-start" preset={{ bytes: -3 }} />',
    ':7: preset of lab "slow-start": parameter "bytes": Too small: expected number to be >=1',
  ],
  [
    'a preset that is computed',
    '<Lab id="slow-start" preset={{ bytes: five }} />',
    ':7: preset of lab "slow-start" is not an object of plain values',
  ],
  [
    'an unknown task',
    '<Lab id="slow-start" tasks={["worm"]} />',
    ':7: lab "slow-start" has no tasks "worm" (did you mean "warm"?)',
  ],
  [
    'a task that two labs show',
    '<Lab id="slow-start" predictions={[]} />\n\n<Lab id="slow-start" predictions={[]} />',
    ':9: lab "slow-start" shows its tasks "warm" on line 7 already (expected tasks={[…]} without it)',
  ],
  [
    'an unknown stage',
    '<Exercise lab="slow-start" stage="forml" />',
    ':7: exercise of lab "slow-start" has no stage "forml" (did you mean "formula"?)',
  ],
  ['an unknown term', 'A <Term id="rrt" />.', ':7: unknown glossary term "rrt" (did you mean "rtt"?)'],
  ['an unknown component', '<Labb id="x" />', ':7: unknown component <Labb> (did you mean "Lab"?)'],
  ['an HTML element', '<marquee>x</marquee>', ':7: unknown component <marquee>'],
  [
    'an unknown attribute',
    '<Lab id="slow-start" presett={{}} />',
    ':7: <Lab> has no attribute "presett" (did you mean "preset"?)',
  ],
  ['a missing attribute', 'It is <Calc value={2} />.', ':7: <Calc> needs the attribute "expect"'],
  [
    'an attribute of the wrong kind',
    'It is <Calc value={2} expect="2" />.',
    ':7: <Calc> attribute "expect" is not a number written out',
  ],
  [
    'spread attributes',
    '<Lab {...x} id="slow-start" />',
    ':7: <Lab> spreads its attributes (expected each by name)',
  ],
  [
    'a figure without alt',
    '<Figure src="/a.svg" />',
    ':7: <Figure> has no alt text (expected alt="…": what the picture says)',
  ],
  [
    'an image without alt',
    '![](/a.svg)',
    ':7: image "/a.svg" has no alt text (expected ![what the picture says](…))',
  ],
  [
    'a title in the text',
    '# Slow start',
    ':7: heading of level 1: the title is in the frontmatter (expected ## or deeper)',
  ],
  ['a skipped level', '## A\n\n#### B', ':9: heading of level 4 after level 2 (expected at most 3)'],
  ['a repeated heading', '## Why\n\n## Why', ':9: heading id "why" is already on line 7'],
  [
    'a heading with no letters for an id',
    '## 慢启动',
    ':7: heading "慢启动" needs an id (expected kebab-case, as in: ## … [#first-window])',
  ],
  [
    'a repeated prediction',
    '<Predict id="p" question="A?" answer={1}>x</Predict>\n\n<Predict id="p" question="B?" answer={1}>x</Predict>',
    ':9: <Predict> id "p" is already on line 7',
  ],
  ['an RFC that is none', '<Rfc n={0} />', ':7: <Rfc n={0}>: no such RFC (expected a number from 1)'],
  [
    'a section that is none',
    '<Rfc n={5681} s="§3.1" />',
    ':7: <Rfc s="§3.1">: not a section (expected a number as in s="3.1" or s="A.2")',
  ],
  [
    'a checkpoint without a right option',
    '<Checkpoint id="c" question="?"><Option>a<Why>b</Why></Option></Checkpoint>',
    ':7: <Checkpoint> has 0 right options (expected 1)',
  ],
  [
    'an option without a reason',
    '<Checkpoint id="c" question="?"><Option right>a</Option></Checkpoint>',
    ':7: <Option> has no <Why> (expected why it is right or wrong)',
  ],
  [
    'a dead link to a lesson',
    '[x](/learn/tcp/congestoin)',
    ':7: dead link "/learn/tcp/congestoin": no such lesson (did you mean "tcp/congestion"?)',
  ],
  [
    'a dead link to a chapter',
    '[x](/learn/tpc)',
    ':7: dead link "/learn/tpc": no such chapter (did you mean "tcp"?)',
  ],
  [
    'a dead link to a term',
    '[x](/glossary#rrt)',
    ':7: dead link "/glossary#rrt": no such term (did you mean "rtt"?)',
  ],
  [
    'a dead anchor',
    '## Below\n\n[x](#belwo)',
    ':9: dead link "#belwo": no such anchor in content/en/tcp/slow-start.mdx (did you mean "below"?)',
  ],
  [
    'a link with no place',
    '[x](../congestion.mdx)',
    ':7: dead link "../congestion.mdx" (expected https://…, #anchor, /learn/…, /labs or /glossary)',
  ],
  [
    'a number typed by hand',
    'First.\nIt takes 264 ms in 4 round trips.',
    ':8: "264 ms" is typed by hand (expected <Calc>, which computes it)',
    ':8: "4 round trips" is typed by hand (expected <Calc>, which computes it)',
  ],
  [
    'a number typed in a question',
    '<Predict id="p" question="Is it 1,460 bytes?" answer={1}>x</Predict>',
    ':7: "1,460 bytes" is typed by hand (expected <Calc>, which computes it)',
  ],
  [
    'a percentage',
    'It is 21.2 % of it.',
    ':7: "21.2 %" is typed by hand (expected <Calc>, which computes it)',
  ],
  ['a filler word', 'It is just a window.', ':7: filler word "just" (expected the sentence without it)'],
  ['an exclamation mark', 'It doubles!', ':7: exclamation mark (expected a full stop)'],
  [
    'an unknown correction',
    '<Correction n={99}>x</Correction>',
    ':7: unknown correction 99 (expected 1 to 2, see content/corrections.yaml)',
  ],
  [
    'another lesson’s correction',
    '<Correction n={2}>x</Correction>',
    ':7: correction 2 belongs to the lesson tcp/congestion',
  ],
  ['a correction shown twice', CORRECTION, ':10: correction 1 is already on line 7'],
];

describe('a lesson with', () => {
  test.each(inLessons)('%s', (_cause, text, ...messages) => {
    expect(checkLesson(text)).toEqual(messages.map((message) => LESSON + message));
  });
});

describe('a file with', () => {
  test('no correction that is owed', () => {
    expect(check({ [LESSON]: `${FRONTMATTER}Text.` })).toEqual([
      `${LESSON}:1: correction 1 is missing (expected <Correction n={1}>)`,
    ]);
  });

  test('an unknown field in the frontmatter', () => {
    expect(check({ [LESSON]: lessonOf('Text.').replace('sources:', 'source:') })).toEqual([
      `${LESSON}:5: unknown field "source"`,
    ]);
  });

  test('a field of the wrong type', () => {
    expect(
      check({ [LESSON]: lessonOf('Text.').replace('able: [Count rounds]', 'able: Count rounds') }),
    ).toEqual([`${LESSON}:4: field "able": invalid input: expected array, received string`]);
  });

  test('no frontmatter', () => {
    expect(check({ [LESSON]: 'Text.' })).toEqual([
      `${LESSON}:1: no frontmatter (expected --- with title, summary, able, sources)`,
    ]);
  });

  test('broken MDX', () => {
    const [problem, ...others] = check({ [LESSON]: lessonOf('Fine.\n\n<Lab id="x">') });
    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^content\/en\/tcp\/slow-start\.mdx:\d+: MDX: Expected a closing tag for `<Lab>`/,
    );
  });

  test('a lesson that the course does not name', () => {
    expect(check({ 'content/en/tcp/slow-strat.mdx': lessonOf('Text.') })).toEqual([
      'content/en/tcp/slow-strat.mdx:1: course.yaml names no lesson "tcp/slow-strat" (did you mean "tcp/slow-start"?)',
    ]);
  });

  test('a missing chapter.yaml', () => {
    expect(check({ 'content/en/tcp/chapter.yaml': null })).toEqual([
      'content/en/tcp/chapter.yaml:1: the file is missing',
    ]);
  });

  test('an unknown related term', () => {
    expect(check({ 'content/en/glossary/mss.yaml': 'term: MSS\ndefinition: Size.\nsee: [rrt]\n' })).toEqual([
      'content/en/glossary/mss.yaml:1: see: unknown glossary term "rrt" (did you mean "rtt"?)',
    ]);
  });

  test('a message that another file has', () => {
    expect(
      check({
        'content/en/messages/a.yaml': 'x: { y: one }\n',
        'content/en/messages/b.yaml': 'x:\n  y: two\n',
      }),
    ).toEqual(['content/en/messages/b.yaml:2: message "x.y" is already in content/en/messages/a.yaml']);
  });

  test('a message that is not valid ICU', () => {
    const [problem] = check({ 'content/en/messages/a.yaml': 'x: "{n, plural, one {a}"\n' });
    expect(problem).toMatch(/^content\/en\/messages\/a\.yaml:1: message "x" is not valid ICU: /);
  });

  test('a duplicate key', () => {
    const problems = check({ 'content/en/messages/a.yaml': 'x: one\nx: two\n' });
    expect(problems).toEqual(['content/en/messages/a.yaml:2: YAML: Map keys must be unique']);
  });

  test('a correction for a lesson that does not exist', () => {
    expect(
      check({ 'content/corrections.yaml': 'corrections:\n  - { n: 1, lesson: tcp/x, sources: [] }\n' }),
    ).toEqual([
      'content/corrections.yaml:1: correction 1 names the unknown lesson "tcp/x" (known: tcp/slow-start, tcp/congestion)',
    ]);
  });
});
