import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ProgressEvent } from '@/lib/course/events';
import { lab } from '@/lib/labs/slow-start/lab';
import { passStage } from './exercise';

/** The slow-start lesson as a learner goes through it: by what is seen and pressed, not by the code below. */
export const lessonPath = '/en/learn/tcp/slow-start';

/** From the first page to the lesson, by its links. */
export async function walkToLesson(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: 'TCP', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'TCP' }).waitFor();
  await page.locator('.lesson-list').getByRole('link', { name: 'Slow start', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Slow start' }).waitFor();
  await page.waitForURL(`**${lessonPath}`);
}

/** Reads every section to its end, and waits until the page has noticed. */
export async function readSections(page: Page): Promise<void> {
  const ends = page.locator('[data-section-end]');
  for (let section = 0; section < (await ends.count()); section++) {
    const end = ends.nth(section);
    const id = (await end.getAttribute('data-section-end')) ?? '';
    // A lab that has just come in above may have moved it: then one scrolls on.
    const read = async () => {
      const inView = await end.evaluate((element) => {
        const { top } = element.getBoundingClientRect();
        return top > 0 && top < innerHeight;
      });
      if (!inView) await end.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      return (await stillToDo(page, 'Read', id)) === 0;
    };
    await expect.poll(read, { message: `the section ${id} was read` }).toBe(true);
  }
}

const stillToDo = (page: Page, kind: string, anchor: string) =>
  page.locator('.lesson-standing .missing li', { hasText: kind }).locator(`a[href$="#${anchor}"]`).count();

/** Says something before each run of the text, not always what is right. */
export async function answerPredictions(page: Page): Promise<void> {
  const said: { id: string; option?: string; number?: string }[] = [
    { id: 'bundle-round-trips', option: 'Two: one to connect, one for the bundle' },
    { id: 'whole-rounds', number: '195' },
    { id: 'window-of-ten', number: '208' },
    { id: 'after-silence', option: 'Slower than warm, faster than new' },
  ];
  expect(await page.locator('.ask-predict').count()).toBe(said.length);
  for (const { id, option, number } of said) {
    const form = page.locator(`#predict-${id}`);
    if (option !== undefined) await form.getByText(option, { exact: true }).click();
    else await form.getByRole('textbox').fill(number ?? '');
    await form.getByRole('button', { name: 'That is my prediction' }).click();
    await form.locator('.ask-outcome').getByText('You said').waitFor();
  }
}

/** Errs at first, is told why, and tries again. */
export async function answerCheckpoints(page: Page): Promise<void> {
  const answers = {
    'who-limits': 'The sender itself, by its congestion window',
    sharding: 'It arrives later, by at least the handshake’s round trip',
    'more-bandwidth': 'They stay, at nearly the same length',
  };
  expect(await page.locator('.ask-checkpoint').count()).toBe(Object.keys(answers).length);
  for (const [id, right] of Object.entries(answers)) {
    const form = page.locator(`#checkpoint-${id}`);
    const check = form.getByRole('button', { name: 'Check' });
    await form.locator('.ask-option').filter({ hasNotText: right }).first().click();
    await check.click();
    await form.locator('.ask-outcome[data-right=false]').waitFor();
    await form.getByText(right, { exact: true }).click();
    await check.click();
    await form.locator('.ask-outcome[data-right=true]').waitFor();
  }
}

/** The lab at the lesson's end, which has the predictions and the tasks. */
export const lastLab = (page: Page) => page.locator('[data-lab="slow-start"]').last();

/** The exact value beside a slider. */
export const field = (page: Page, label: string) =>
  lastLab(page).getByRole('spinbutton', { name: `${label}, exact value` });

/** Predicts before each run of the lab, and sees what came of it. */
export async function predictInLab(page: Page): Promise<void> {
  const strip = lastLab(page).locator('.lab-prediction');
  const answers = ['300', 'Less than half', 'About half'];
  expect(answers.length).toBe(lab.predictions.length);
  for (const [index, answer] of answers.entries()) {
    if (/^\d/.test(answer)) await strip.getByRole('textbox').fill(answer);
    else await strip.getByText(answer, { exact: true }).click();
    await strip.getByRole('button', { name: 'Predict and run' }).click();
    // One run is watched to its end; the others are cut short.
    if (index > 0) await lastLab(page).getByRole('button', { name: 'Pause' }).click();
    await strip.getByText(/As you said|Not quite/).waitFor({ timeout: 30_000 });
    const next = strip.getByRole('button', { name: 'Next prediction' });
    if (index + 1 < answers.length) await next.click();
  }
}

/** Makes every task of the lab happen, with its controls. */
export async function doTasks(page: Page): Promise<void> {
  const frame = lastLab(page);
  const done = (task: string) => frame.locator(`[id="slow-start.${task}"][data-done=true]`).waitFor();
  await frame.getByRole('radio', { name: 'New' }).check({ force: true });
  await frame.getByRole('button', { name: 'Set Initial window to 32' }).click();
  await done('two-bursts');
  await field(page, 'Initial window').fill('60');
  await done('same-as-warm');
  await frame.getByText('More settings').click();
  await field(page, 'Receive window').fill('8960');
  await done('receiver-limits');
  await field(page, 'Line').fill('1');
  await done('line-limits');
  expect(await frame.locator('.lab-tasks li[data-done=true]').count()).toBe(lab.tasks.length);
}

/** Writes one stage of the exercise, and passes. */
export async function writeStage(page: Page, index: number): Promise<void> {
  const exercise = page.locator('.exercise');
  await exercise.locator('.exercise-stages button').nth(index).click();
  await passStage(exercise.locator('.exercise-stage').nth(index), lab.exercise?.stages[index]?.solution);
}

/** What the page says of the learner's work: saved, saving, waiting, not-kept, idle. */
export const saveStatus = (page: Page) => page.locator('[data-save-status]').getAttribute('data-save-status');

export const expectStatus = (page: Page, status: string) =>
  expect.poll(() => saveStatus(page), { timeout: 30_000 }).toBe(status);

/** The log that the server has of this learner. */
export async function readLog(page: Page): Promise<ProgressEvent[]> {
  const log: ProgressEvent[] = [];
  for (let after = 0; ;) {
    const answer = await page.request.get(`/api/progress?after=${after}`);
    const body = (await answer.json()) as { events: ProgressEvent[]; next: number; more: boolean };
    log.push(...body.events);
    if (!body.more) return log;
    after = body.next;
  }
}

/** The log holds all that was done in the lesson, each thing as often as it was done. */
export function expectWholeLesson(log: readonly ProgressEvent[]): void {
  expect(new Set(log.map(({ id }) => id)).size, 'events with an id of their own').toBe(log.length);
  const things = log
    .filter(({ type }) => type !== 'lesson:opened')
    .map(({ id: _id, at: _at, ...thing }) => JSON.stringify({ ...thing, code: undefined }));
  expect(
    things.filter((thing, index) => things.indexOf(thing) !== index),
    'recorded twice',
  ).toEqual([]);
  const count = (type: ProgressEvent['type']) => log.filter((event) => event.type === type).length;
  expect({
    predictions: count('prediction:made'),
    checkpoints: count('checkpoint:answered'),
    tasks: count('task:passed'),
    exercises: count('exercise:attempted'),
  }).toEqual({ predictions: 4 + 3, checkpoints: 3 * 2, tasks: lab.tasks.length, exercises: 2 });
}

/** The chapter page shows the lesson done, and so does the lesson's own page. */
export async function expectDone(page: Page): Promise<void> {
  await page.goto('/en/learn/tcp');
  const row = page.locator('.lesson-list > ol > li', {
    has: page.getByRole('link', { name: 'Slow start', exact: true }),
  });
  await row.locator('.standing[data-state=done]').waitFor();
  await row.getByText('Nothing is missing here.').waitFor();
}
