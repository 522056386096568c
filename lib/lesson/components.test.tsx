import { evaluate } from '@mdx-js/mdx';
import { renderToStaticMarkup } from 'react-dom/server';
import * as runtime from 'react/jsx-runtime';
import remarkGfm from 'remark-gfm';
import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import remarkLesson from '@/lib/server/content/remark-lesson.mjs';
import { TextProvider } from '@/lib/text';
import { textOf, loadMessages } from '@/lib/server/text';
import { rfcAddress } from './citation';
import { createLessonComponents } from './components';
import type { LessonContext } from './context';
import { numberOf } from './predict-form';
import { vocabulary } from './vocabulary';

const context: LessonContext = {
  lesson: 'tcp/slow-start',
  locale: 'en',
  t: textOf('en'),
  terms: new Map([['rtt', { term: 'RTT', long: 'round-trip time', definition: 'There and back.' }]]),
  corrections: new Map([[1, ['RFC 5681 §3.1', 'our notes']]]),
  available: new Set(['tcp/slow-start']),
  Lab: ({ id, preset, lesson, source }) => <b>{`${id} ${JSON.stringify(preset)} ${lesson} ${source}`}</b>,
  Exercise: ({ lab }) => <b>{lab}</b>,
};

/** Renders a lesson's text as the page does. */
async function render(text: string): Promise<string> {
  const file = new VFile({ path: '/somewhere/content/en/tcp/slow-start.mdx', value: text });
  const { default: Content } = await evaluate(file, { ...runtime, remarkPlugins: [remarkGfm, remarkLesson] });
  return renderToStaticMarkup(
    <TextProvider messages={loadMessages('en', ['lesson'])} locale="en">
      <Content components={createLessonComponents(context)} />
    </TextProvider>,
  );
}

test('the checker knows exactly the components that lessons have', () => {
  const drawn = Object.keys(createLessonComponents(context)).filter((name) => /^[A-Z]/.test(name));
  expect(drawn.filter((name) => name !== 'SectionEnd').sort()).toEqual(Object.keys(vocabulary).sort());
});

describe('Calc', () => {
  test('writes what the expression computes, with its unit', async () => {
    expect(await render('<Calc value={4 * 66} unit="ms" expect={264} />')).toContain('>264 ms</data>');
    expect(await render('<Calc value={14.6} unit="kB" digits={1} expect={14.6} />')).toContain(
      '>14.6 kB</data>',
    );
    expect(await render('<Calc value={1} unit="roundTrips" expect={1} />')).toContain('>1 round trip</data>');
    expect(await render('<Calc value={65535} expect={65535} />')).toContain('>65,535</data>');
  });

  test('stops the build where the lesson expects another number', async () => {
    await expect(render('Text\n\nand <Calc value={4 * 56} expect={208} />')).rejects.toThrow(
      'content/en/tcp/slow-start.mdx:3: <Calc> computes 224, the lesson expects 208',
    );
  });

  test('refuses what is no number', async () => {
    await expect(render('<Calc value={0 / 0} expect={1} />')).rejects.toThrow('computes NaN');
  });

  test('refuses a unit that the catalogue does not have', async () => {
    await expect(render('<Calc value={1} unit="parsec" expect={1} />')).rejects.toThrow(
      'unknown unit "parsec"',
    );
  });
});

test('headings have ids, and each section tells where it ends', async () => {
  const html = await render('## Why not start fast?\n\nText\n\n## Four [#bursts]\n\nMore');
  expect(html).toContain('<section aria-labelledby="why-not-start-fast" data-section="why-not-start-fast">');
  expect(html).toContain('<h2 id="bursts">Four</h2>');
  expect(html.match(/data-section-end="[^"]+"/g)).toEqual([
    'data-section-end="why-not-start-fast"',
    'data-section-end="bursts"',
  ]);
});

test('labs know their lesson, their place and their anchor', async () => {
  const html = await render('<Lab id="a" preset={{ x: 1 }} />\n\n<Lab id="a" />');
  expect(html).toContain('id="lab-a"');
  expect(html).toContain('id="lab-a-2"');
  expect(html).toContain('a {&quot;x&quot;:1} tcp/slow-start content/en/tcp/slow-start.mdx:1');
});

test('a checkpoint offers its options, and hides the reasons until one is tried', async () => {
  const html = await render(
    '<Checkpoint id="c" question="Why?">\n  <Option right>\n    So\n    <Why>Since.</Why>\n  </Option>\n  <Option>Not<Why>No.</Why></Option>\n</Checkpoint>',
  );
  expect(html).toContain('id="checkpoint-c"');
  expect(html.match(/type="radio"/g)).toHaveLength(2);
  expect(html).toContain('So');
  expect(html).not.toContain('Since.');
});

test('a checkpoint needs exactly one right option', async () => {
  await expect(render('<Checkpoint id="c" question="?"><Option>a</Option></Checkpoint>')).rejects.toThrow(
    ':1: <Checkpoint> "c" needs exactly one <Option right>',
  );
});

test('what holds stands in the page for readers without a script', async () => {
  const html = await render('<Predict id="p" question="When?" answer={224} unit="ms">Because.</Predict>');
  expect(html).toMatch(/<details class="ask-holds"><summary>.*Because\./);
});

test('a prediction whose answer is none of its options stops the build', async () => {
  await expect(
    render('<Predict id="p" question="?" options={{ a: "A" }} answer="b">x</Predict>'),
  ).rejects.toThrow(':1: <Predict> answers "b", which is none of its options');
});

test('a term carries its definition, opened without a script', async () => {
  const html = await render('One <Term id="rtt">round trip</Term>.');
  const id = /popoverTarget="([^"]+)"/i.exec(html)?.[1];
  expect(id).toBeDefined();
  expect(html).toContain(`<span id="${id}" popover="auto"`);
  expect(html).toContain('There and back.');
  await expect(render('<Term id="rrt" />')).rejects.toThrow(':1: <Term> "rrt" is not in the glossary');
});

test('a correction names its sources', async () => {
  const html = await render('<Correction n={1}><NotesSay>a</NotesSay><Holds>b</Holds></Correction>');
  expect(html).toContain('href="https://www.rfc-editor.org/rfc/rfc5681#section-3.1"');
  expect(html).toContain('our notes');
  await expect(render('<Correction n={9}>x</Correction>')).rejects.toThrow(':1: <Correction> 9 is not in');
});

test('links get the reader’s language, and a coming lesson is not linked', async () => {
  expect(await render('[x](/learn/tcp/slow-start#why)')).toContain('href="/en/learn/tcp/slow-start#why"');
  expect(await render('[x](/learn/tcp)')).toContain('href="/en/learn/tcp"');
  expect(await render('[x](#why)')).toContain('href="#why"');
  expect(await render('[x](/learn/tcp/teardown)')).not.toContain('<a');
});

test('an appendix of an RFC has its own kind of anchor', () => {
  expect(rfcAddress(7541, 'C.3.1')).toBe('https://www.rfc-editor.org/rfc/rfc7541#appendix-C.3.1');
  expect(rfcAddress(9293)).toBe('https://www.rfc-editor.org/rfc/rfc9293');
});

test.each([
  ['264', 264],
  ['1,460', 1460],
  ['65,535.5', 65_535.5],
  ['0,5', 0.5],
  ['0.5', 0.5],
])('a learner who says %s means %d', (said, number) => {
  expect(numberOf(said)).toBe(number);
});
