import { renderToString } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { callsOf, judgeExercise } from '@/lib/runner';
import { runInProcess } from '@/lib/runner/engine/in-process';
import { loadMessages } from '@/lib/server/text';
import { TextProvider, createText } from '@/lib/text';
import { isLabId, labCatalogue } from './catalogue';
import type { Exercise } from './define-lab';
import { LabFrame } from './host/lab-frame';
import { loadLab } from './views';

/** What holds for every lab of the catalogue, in every language that it has messages in. */
const messages = loadMessages('en');
const ids = Object.keys(labCatalogue).filter(isLabId);

/** A stage's answers for some code, judged as in the browser. */
async function judge(stage: Exercise['stages'][number], code: string) {
  const report = await runInProcess({ code, calls: callsOf(stage) });
  return judgeExercise(stage, report);
}

describe.each(ids)('%s', (id) => {
  test('has an id that is its own, and opens at its defaults', async () => {
    const { lab } = await loadLab(id);
    expect(lab.id).toBe(id);
    const params = lab.params.parse({});
    const steps = lab.steps(lab.run(params, { seed: 1 }), params);
    expect(steps.length).toBeGreaterThan(0);
  });

  test('says everything through the catalogue', async () => {
    const { lab } = await loadLab(id);
    const t = createText(messages, 'en', `labs.${id}`);
    const params = lab.params.parse({});
    const keys = [
      lab.title,
      lab.summary,
      ...lab.tasks.map(({ prompt }) => prompt),
      ...lab.predictions.flatMap((prediction) => [
        `predictions.${prediction.id}.question`,
        `predictions.${prediction.id}.why`,
        ...(prediction.kind === 'choice'
          ? prediction.options.map((option) => `predictions.${prediction.id}.options.${option}`)
          : []),
      ]),
      ...lab.truth.real,
      ...lab.truth.simplified.flatMap(({ what, why }) => [what, why]),
      ...(lab.exercise?.stages ?? []).flatMap((stage) => [
        `exercise.${stage.id}.prompt`,
        ...Array.from({ length: stage.hints }, (_, n) => `exercise.${stage.id}.hints.${n + 1}`),
        ...stage.mistakes.map((mistake) => `exercise.${stage.id}.mistakes.${mistake.id}`),
      ]),
    ];
    expect(keys.filter((key) => !t.has(key))).toEqual([]);
    const said = lab.steps(lab.run(params, { seed: 1 }), params).map(({ text }) => t(text));
    expect(said.filter((sentence) => /\[[\w.-]+\]/.test(sentence) || sentence.includes('{'))).toEqual([]);
  });

  test('fulfils no task before anything is done, and says why not', async () => {
    const { lab } = await loadLab(id);
    const t = createText(messages, 'en', `labs.${id}`);
    const params = lab.params.parse({});
    const result = lab.run(params, { seed: 1 });
    for (const task of lab.tasks) {
      const verdict = task.check(result, params);
      expect({ task: task.id, passed: verdict.passed }).toEqual({ task: task.id, passed: false });
      expect(verdict.hint && t(verdict.hint)).toMatch(/^[^[]{10,}/);
    }
  });

  test('answers each prediction, a choice with one of its options', async () => {
    const { lab } = await loadLab(id);
    for (const prediction of lab.predictions) {
      const params = lab.params.parse({ ...lab.params.parse({}), ...prediction.set });
      const result = lab.run(params, { seed: 1 });
      const answer = prediction.answer(result, params);
      if (prediction.kind === 'choice') expect(prediction.options).toContain(answer);
      else expect(answer).toSatisfy(Number.isFinite);
    }
  });

  test('gives the run away as files with something in them', async () => {
    const { lab } = await loadLab(id);
    const params = lab.params.parse({});
    const files = lab.exports(lab.run(params, { seed: 1 }), params);
    expect(files.length).toBeGreaterThan(0);
    for (const { filename, content } of files) {
      expect(filename).toMatch(/^[a-z0-9-]+(\.[a-z0-9]+)+$/);
      expect(content.length).toBeGreaterThan(0);
    }
  });

  test('draws its first picture on the server, every word of it from the catalogue', async () => {
    const { lab, View } = await loadLab(id);
    const html = renderToString(
      <TextProvider messages={messages} locale="en">
        <LabFrame lab={lab} View={View} addresses={{ page: `/en/labs/${id}`, embed: `/embed/${id}` }} />
      </TextProvider>,
    );
    expect(html).toContain('<svg');
    expect([...html.matchAll(/\[[a-z][\w-]*(?:\.[\w-]+)+\]/gi)].map(([key]) => key)).toEqual([]);
  });

  test('has exercises whose starter fails, whose solution passes, and whose mistakes are told apart', async () => {
    const { lab } = await loadLab(id);
    for (const stage of lab.exercise?.stages ?? []) {
      expect((await judge(stage, stage.starter)).passed).toBe(false);
      expect(await judge(stage, stage.solution)).toMatchObject({ passed: true });
      for (const mistake of stage.mistakes) {
        const answers = stage.checks.map(({ args }) => mistake.wrong(...(args as never[])));
        const code = `const answers = ${JSON.stringify(answers)};\nlet n = 0;\nexport const ${mistake.fn} = () => answers[n++];`;
        expect({ stage: stage.id, ...(await judge(stage, code)) }).toMatchObject({
          passed: false,
          mistake: mistake.id,
        });
      }
    }
    // A run of the sandbox each, and some labs have dozens of mistakes.
  }, 60_000);
});
