import { describe, expect } from 'vitest';
import { test } from './browser';
import {
  answerCheckpoints,
  answerPredictions,
  doTasks,
  expectDone,
  expectStatus,
  expectWholeLesson,
  field,
  lastLab,
  lessonPath,
  predictInLab,
  readLog,
  readSections,
  saveStatus,
  walkToLesson,
  writeStage,
} from './slow-start-walk';

const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch/;
const api = '**/api/**';

describe('a newcomer', { timeout: 240_000 }, () => {
  test('does the slow-start lesson to its end, reloads, and finds it done', async ({ open }) => {
    const page = await open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await walkToLesson(page);
    await readSections(page);
    await answerPredictions(page);
    await answerCheckpoints(page);
    await predictInLab(page);
    await doTasks(page);
    expect(asked.filter((url) => url.includes('monaco'))).toEqual([]);
    await writeStage(page, 0);
    await writeStage(page, 1);
    expect(asked.filter((url) => url.includes('monaco'))).not.toEqual([]);
    await page.locator('.lesson-standing').getByText('Nothing is missing here.').waitFor();
    await expectStatus(page, 'saved');

    await expectDone(page);
    await page.reload();
    await expectDone(page);
    const another = await page.context().newPage();
    await expectDone(another);
    expectWholeLesson(await readLog(page));

    // The same learner in another browser, which keeps nothing itself.
    const elsewhere = await open();
    await elsewhere.context().addCookies(await page.context().cookies());
    await expectDone(elsewhere);
  });

  test('does it with the network cut in the middle, and nothing is lost or counted twice', async ({
    open,
  }) => {
    const page = await open({ expectedErrors: noNetwork });
    await walkToLesson(page);
    await readSections(page);
    await answerPredictions(page);
    await writeStage(page, 0);
    await expectStatus(page, 'saved');
    const before = await readLog(page);

    await page.context().setOffline(true);
    await answerCheckpoints(page);
    await expectStatus(page, 'waiting');
    await predictInLab(page);
    await doTasks(page);
    await writeStage(page, 1);
    expect(await saveStatus(page)).toBe('waiting');
    await page.locator('.lesson-standing').getByText('Nothing is missing here.').waitFor();

    await page.context().setOffline(false);
    await expectStatus(page, 'saved');
    const after = await readLog(page);
    expect(after.slice(0, before.length)).toEqual(before);
    expectWholeLesson(after);
    await expectDone(page);
  });

  test('reloads while the server cannot be reached: what waits is shown, and arrives later', async ({
    open,
  }) => {
    const page = await open({ expectedErrors: noNetwork });
    await page.goto(lessonPath);
    await expectStatus(page, 'saved');
    await page.route(api, (route) => route.abort());
    await answerPredictions(page);
    await expectStatus(page, 'waiting');
    await page.reload();
    await expectStatus(page, 'waiting');
    await page.locator('#predict-window-of-ten').getByText('You said 208').waitFor();
    await page.unroute(api);
    await expectStatus(page, 'saved');

    // Leaving the lesson behind with the line down, and coming back to it with the line up.
    await page.context().setOffline(true);
    await answerCheckpoints(page);
    await expectStatus(page, 'waiting');
    await expect(page.reload()).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
    await page.context().setOffline(false);
    await page.goto(lessonPath);
    await expectStatus(page, 'saved');
    const log = await readLog(page);
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
    expect(log.filter(({ type }) => type === 'prediction:made')).toHaveLength(4);
    expect(log.filter(({ type }) => type === 'checkpoint:answered')).toHaveLength(6);
  });

  test('leaves the page at once after finishing something: it has arrived', async ({ open }) => {
    const page = await open();
    await page.goto(lessonPath);
    await expectStatus(page, 'saved');
    const tick = (task: string) => lastLab(page).locator(`[id="slow-start.${task}"][data-done=true]`);
    // A lab that still sleeps does not hear the first press.
    await expect
      .poll(async () => {
        await lastLab(page).getByRole('button', { name: 'Set Initial window to 32' }).click();
        return tick('two-bursts').count();
      })
      .toBe(1);
    await field(page, 'Initial window').fill('60');
    await tick('same-as-warm').waitFor();
    await page.goto('about:blank');
    const tasks = async () =>
      (await readLog(page)).flatMap((event) => (event.type === 'task:passed' ? [event.task] : []));
    await expect.poll(tasks).toEqual(['two-bursts', 'same-as-warm']);
  });
});
