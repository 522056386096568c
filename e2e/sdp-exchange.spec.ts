import { chromium, type Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { ensureChromium } from '../.ci/chromium.mjs';
import { lab } from '@/lib/labs/sdp-exchange/lab';
import { axeFindings, chromiumFlags, origin, test } from './browser';
import { passStage } from './exercise';
import { settle } from './settle';

const labPath = '/en/labs/sdp-exchange';
const lessonPath = '/en/learn/webrtc/signaling-and-sdp';
const firstLab = (page: Page) => page.locator('[data-lab="sdp-exchange"]').first();

async function choose(page: Page, group: string, option: string): Promise<void> {
  await firstLab(page)
    .locator('fieldset', { hasText: group })
    .getByRole('radio', { name: option, exact: true })
    .check({ force: true });
}

/** What one of the two tables says: our engine's four states and the browser's. */
const compared = (page: Page, peer: 'ada' | 'ben') =>
  page.locator(`.sdp-exchange-compare[data-peer=${peer}] tbody tr`).evaluateAll((rows) => ({
    engine: rows.map(({ children }) => children[1]?.textContent ?? ''),
    browser: rows.map(({ children }) => (children[2]?.textContent ?? '').split(' ')[0]),
  }));

async function openLive(page: Page, tab?: string): Promise<void> {
  // A lab wakes when one comes near.
  await firstLab(page).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await settle(page);
  await firstLab(page).getByRole('button', { name: 'Open the live part' }).click();
  if (tab) await page.getByRole('tab', { name: tab }).click();
}

test(
  'within a minute of opening the lesson one has predicted, watched, and seen how offer and answer hang together',
  { timeout: 60_000 },
  async ({ open }) => {
    const page = await open();
    await page.goto(lessonPath);
    await firstLab(page).evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await settle(page);
    const strip = firstLab(page).locator('.lab-prediction');
    await strip.getByText('It is in have-remote-offer and waits for a receipt').click();
    await strip.getByRole('button', { name: 'Predict and run' }).click();
    await strip.getByText('Not quite.').waitFor({ timeout: 40_000 });
    expect(await strip.innerText()).toContain('Applying his own answer made Ben stable');
    // What one has seen: Ada waits, Ben does not, ICE has found a way, and no DTLS.
    const cards = firstLab(page).locator('.sdp-exchange-peer');
    expect(await cards.first().innerText()).toContain('have-local-offer');
    const ben = await cards.last().locator('dl').first().innerText();
    expect(ben.replace(/\s+/g, ' ')).toBe(
      'signaling stable ICE connected DTLS connecting connection connecting',
    );
    expect(await firstLab(page).locator('.sdp-exchange-ruling').innerText()).toContain('They never connect.');
  },
);

test('a signal is lost by keyboard alone, and a task is done', async ({ open }) => {
  const page = await open();
  await page.goto(labPath);
  await settle(page);
  await page.getByRole('button', { name: 'answer', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Lose it' }).press('Enter');
  await page.locator('[id="sdp-exchange.one-stable"][data-done=true]').waitFor();
  await page.getByText('Lost in the channel: ben answer 1.').waitFor();
  expect(await page.locator('.sdp-exchange-agreement').innerText()).toContain('never arrived');
});

describe('two real peers of one page end where the picture ends', () => {
  const faults = Object.entries({
    none: 'Nothing',
    'drop-answer': 'Lose the answer',
    'strip-candidates': 'Strip all candidates',
    'strip-ada': 'Strip Ada’s only',
    'both-active': 'Both DTLS client',
    'both-passive': 'Both DTLS server',
    fingerprint: 'Change the fingerprint',
    'fingerprint-offer': '…in the offer',
  });

  test('for every fault', async ({ open }) => {
    const page = await open();
    await page.goto(labPath);
    await settle(page);
    // The answer comes before the first ClientHello, whatever this machine is doing besides.
    await firstLab(page).getByText('More settings').click();
    await page.getByRole('spinbutton', { name: 'Signaling, one way, exact value' }).fill('0');
    await openLive(page);
    for (const [fault, label] of faults) {
      await choose(page, 'Break it', label);
      await page.getByRole('button', { name: /^Run it/ }).click();
      for (const peer of ['ada', 'ben'] as const) {
        await expect
          .poll(() => page.locator(`.sdp-exchange-compare[data-peer=${peer}]`).getAttribute('data-agrees'), {
            message: `${fault}: ${peer} agrees`,
            timeout: 15_000,
          })
          .toBe('true');
      }
      const { result } = runOf({ fault, signalingDelayMs: 0 });
      const { ada } = result.trace.final;
      expect((await compared(page, 'ada')).browser).toEqual([
        ...[ada.signalingState, ada.iceConnectionState, ada.dtlsState, ada.connectionState],
      ]);
    }
  });

  test('and Chromium refuses an answer that says actpass, as the picture does', async ({ open }) => {
    const page = await open();
    await page.goto(labPath);
    await settle(page);
    await choose(page, 'Break it', 'Answer actpass');
    await openLive(page);
    await page.getByRole('button', { name: /^Run it/ }).click();
    await page.locator('.lab-live summary').click();
    await page.getByText(/Ada refuses: InvalidAccessError/).waitFor();
    expect((await compared(page, 'ada')).browser[0]).toBe('have-local-offer');
  });

  test.for<[string, RegExp]>([
    ['Ben is polite, Ada is not', /^stable connected connected connected$/],
    // Chromium may have found a way with the credentials that were taken back, and begun DTLS, before it loses it.
    ['Both are polite', /^stable (checking|disconnected|failed) (new|connecting) /],
    ['Neither is', /^have-local-offer new new new$/],
  ])('when both call at once: %s', async ([strategy, end], { open }) => {
    const page = await open();
    await page.goto(labPath);
    await settle(page);
    await choose(page, 'Scene', 'Both call at once');
    await choose(page, 'Who gives way', strategy);
    // A busy machine is late with either call; they are to cross all the same.
    await firstLab(page).getByText('More settings').click();
    await page.getByRole('spinbutton', { name: 'Signaling, one way, exact value' }).fill('300');
    await openLive(page);
    await page.getByRole('button', { name: /^Run it/ }).click();
    for (const peer of ['ada', 'ben'] as const)
      await expect
        .poll(async () => (await compared(page, peer)).browser.join(' '), { timeout: 20_000 })
        .toMatch(end);
  });
});

test(
  'two pages of one Chromium exchange sound and picture from fake devices, over the app’s own signaling',
  { timeout: 120_000 },
  async () => {
    const devices = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    const browser = await chromium.launch({
      executablePath: ensureChromium(),
      args: [...chromiumFlags, ...devices],
    });
    try {
      const visit = async () => {
        const page = await (await browser.newContext({ baseURL: origin })).newPage();
        await page.goto(labPath);
        await settle(page);
        await firstLab(page).getByText('More settings').click();
        await choose(page, 'They exchange', 'Voice, video and data');
        await openLive(page, 'With another tab or machine');
        await choose(page, 'Sound and picture', 'Your microphone and camera');
        return page;
      };
      const ada = await visit();
      const ben = await visit();
      await ada.getByRole('button', { name: 'Open a room' }).click();
      const code = await ada.locator('.sdp-exchange-code').innerText();
      expect(code).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
      await ben.getByRole('textbox', { name: 'Code from the other end' }).fill(code.toLowerCase());
      await ben.getByRole('button', { name: 'Join' }).click();
      for (const [page, peer] of [
        [ada, 'ada'],
        [ben, 'ben'],
      ] as const) {
        await expect
          .poll(async () => (await compared(page, peer)).browser, { timeout: 30_000 })
          .toEqual(['stable', 'connected', 'connected', 'connected']);
        await page.getByText(/Media packets that arrived here: [1-9]/).waitFor();
      }
      await ada.getByRole('button', { name: 'Say hello over the data channel' }).click();
      await ben.getByText('Over the data channel came: Ada says hello').waitFor();
      // Somebody who leaves tells the server, and the server the other; nobody else gets in by the old code.
      await ben.getByRole('button', { name: 'Leave' }).click();
      await ada.getByText(/The signaling channel is closed/).waitFor();
      await ben.getByRole('textbox', { name: 'Code from the other end' }).fill(code);
      await ben.getByRole('button', { name: 'Join' }).click();
      await ben.getByText(/There is no room with this code/).waitFor();
    } finally {
      await browser.close();
    }
  },
);

test('a fault set by who opened the room stops two pages where the picture says', async ({ open }) => {
  const [ada, ben] = [await open(), await open()];
  for (const page of [ada, ben]) {
    await page.goto(labPath);
    await settle(page);
  }
  await choose(ada, 'Break it', 'Lose the answer');
  await openLive(ada, 'With another tab or machine');
  await openLive(ben, 'With another tab or machine');
  await ada.getByRole('button', { name: 'Open a room' }).click();
  await ben
    .getByRole('textbox', { name: 'Code from the other end' })
    .fill(await ada.locator('.sdp-exchange-code').innerText());
  await ben.getByRole('button', { name: 'Join' }).click();
  await expect
    .poll(async () => (await compared(ada, 'ada')).browser, { timeout: 20_000 })
    .toEqual(['have-local-offer', 'checking', 'new', 'connecting']);
  await expect
    .poll(async () => (await compared(ben, 'ben')).browser, { timeout: 20_000 })
    .toEqual(['stable', 'connected', 'connecting', 'connecting']);
});

test('the answer that one writes in the exercise is taken by the browser itself', async ({ open }) => {
  const page = await open();
  await page.goto(lessonPath);
  const exercise = page.locator('.exercise');
  await exercise.scrollIntoViewIfNeeded();
  await settle(page);
  await exercise.locator('.exercise-stages button').nth(1).click();
  const stage = exercise.locator('.exercise-stage').nth(1);
  // As it starts, it repeats the offer: the browser says why that will not do.
  const judge = async () => {
    await firstLab(page).getByRole('button', { name: 'Give my answer to this browser' }).click();
    return page.locator('.sdp-exchange-verdict[data-outcome]');
  };
  await openLive(page, 'Your own answer');
  expect(await (await judge()).getAttribute('data-outcome', { timeout: 20_000 })).toBe('refused');

  await passStage(stage, lab.exercise?.stages[1]?.solution);

  await judge();
  await expect
    .poll(() => page.locator('.sdp-exchange-verdict[data-outcome]').getAttribute('data-outcome'), {
      timeout: 20_000,
    })
    .toBe('accepted');
});

test('on a phone it fits, live part and all, and is sound', async ({ open }) => {
  const page = await open({ viewport: 'phone' });
  await page.goto(labPath);
  await settle(page);
  await openLive(page);
  await page.getByRole('button', { name: /^Run it/ }).click();
  await page.locator('.sdp-exchange-compare').first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await axeFindings(page)).toEqual([]);
});

function runOf(change: Record<string, unknown>) {
  const params = lab.params.parse(change);
  return { params, result: lab.run(params, { seed: 1 }) };
}
