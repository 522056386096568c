import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import {
  checkSdp,
  createAnswer,
  groupsOf,
  parseSdp,
  readAllMedia,
  validateOfferAnswer,
  writeSdp,
  type AnswerCapabilities,
} from '../lib/protocols/sdp';
import { axeFindings, test } from './browser';
import { settle } from './settle';

const lab = (page: Page) => page.locator('[data-lab="sdp"]');

describe('the SDP lab', () => {
  test('is read, changed and undone by keyboard alone', async ({ open }) => {
    const page = await open();
    await page.goto('/en/labs/sdp');
    await settle(page);
    // The first line is where Tab comes to; arrows go on from there.
    await lab(page).locator('[data-line="1"]').focus();
    for (let line = 1; line < 13; line++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const field = lab(page).getByLabel('This line', { exact: true });
    await expect.poll(() => field.inputValue()).toMatch(/^a=fingerprint:sha-256 /);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => lab(page).getByText('You removed the DTLS fingerprint').count())
      .toBeGreaterThan(0);
    expect(await lab(page).getByText('Refused, all of it.').count()).toBeGreaterThan(0);
    expect(await lab(page).locator('.sdp-problems').textContent()).toContain('an answerer must refuse');
    await lab(page).getByRole('button', { name: 'Undo all changes' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => lab(page).getByText('Refused, all of it.').count()).toBe(0);
  });

  test('names the line that cannot be read, while one types', async ({ open }) => {
    const page = await open({ viewport: 'phone' });
    await page.goto('/en/labs/sdp');
    await settle(page);
    await lab(page).locator('[data-line="16"]').click();
    const field = lab(page).getByLabel('This line', { exact: true });
    await field.fill('asctp-port:5000');
    await expect.poll(() => lab(page).locator('.sdp-verdict').textContent()).toContain('Line 16 is');
    await field.fill('a=sctp-port:6000');
    await expect
      .poll(() => lab(page).locator('.sdp-verdict').textContent())
      .toContain('at port 6000 within DTLS');
  });

  test('lets this browser make an offer, and take one of another browser', async ({ open }) => {
    const page = await open();
    await page.goto('/en/labs/sdp');
    await settle(page);
    await lab(page).getByRole('button', { name: 'Open the live part' }).click();
    await lab(page).getByRole('button', { name: 'Make an offer' }).click();
    await expect.poll(() => lab(page).getByText('It stands above now').count()).toBe(1);
    expect(await lab(page).locator('.sdp-problems').count()).toBe(0);

    // Feedback lines for codecs that setCodecPreferences took out: a warning to us, the end to Chromium 156.
    await lab(page).getByText('Firefox, call', { exact: true }).click();
    await lab(page).getByRole('button', { name: 'Let it answer' }).click();
    await expect
      .poll(() =>
        lab(page)
          .getByText(/It refuses: .*codecs/)
          .count(),
      )
      .toBe(1);
    expect(await lab(page).getByText('came to another end').count()).toBe(1);

    await lab(page).getByText('simulcast', { exact: true }).click();
    await lab(page).getByRole('button', { name: 'Let it answer' }).click();
    await expect.poll(() => lab(page).getByText('It takes the offer.').count()).toBe(1);
    expect(await lab(page).getByText('came to the same end').count()).toBe(1);

    await lab(page).getByText('Chromium, data', { exact: true }).click();
    await lab(page).locator('[data-line="13"]').click();
    await lab(page).getByRole('button', { name: 'Remove the line' }).click();
    await lab(page).getByRole('button', { name: 'Let it answer' }).click();
    await expect
      .poll(() =>
        lab(page)
          .getByText(/It refuses: .*fingerprint/)
          .count(),
      )
      .toBe(1);
  });

  test('axe finds nothing, with a line opened, a change made and the live part open', async ({ open }) => {
    for (const visit of [{}, { viewport: 'phone', colorScheme: 'dark' }] as const) {
      const page = await open(visit);
      await page.goto('/en/labs/sdp');
      await settle(page);
      await lab(page).getByText('from 2013', { exact: true }).click();
      await lab(page).locator('[data-line="6"]').click();
      await lab(page).getByRole('button', { name: 'Add a line below' }).click();
      await lab(page).getByRole('button', { name: 'Open the live part' }).click();
      await lab(page).getByRole('button', { name: 'Let it answer' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
    }
  });
});

const CAPABILITIES: AnswerCapabilities = {
  origin: { sessionId: '42' },
  ice: { ufrag: 'abcd', pwd: '0123456789abcdefABCDEF' },
  fingerprints: [{ hash: 'sha-256', fingerprint: Array.from({ length: 32 }, () => 'AB').join(':') }],
  media: {
    audio: { codecs: [{ encodingName: 'opus', clockRate: 48_000, channels: 2 }] },
    video: {
      codecs: [
        { encodingName: 'VP8', clockRate: 90_000 },
        {
          encodingName: 'H264',
          clockRate: 90_000,
          parameters: 'packetization-mode=1;profile-level-id=42e01f',
        },
        { encodingName: 'rtx', clockRate: 90_000 },
      ],
      simulcast: true,
    },
    application: {},
  },
};

/** What is asked of the browser, and the kinds of section that it then offers. */
const SHAPES = {
  data: 'data',
  call: 'audio video data',
  'two cameras': 'video video audio',
  simulcast: 'simulcast',
} as const;

/** In the page: a connection that wants `shape`, and its offer. With `answer`, what becomes of that. */
async function exchange(page: Page, shape: string, answer?: string): Promise<string> {
  return page.evaluate(
    async ([kinds, sdp]) => {
      const held = window as unknown as { connection?: RTCPeerConnection };
      if (sdp === undefined) {
        held.connection?.close();
        const connection = (held.connection = new RTCPeerConnection());
        for (const kind of kinds.split(' ')) {
          if (kind === 'data') connection.createDataChannel('data');
          else if (kind === 'simulcast') {
            connection.addTransceiver('video', {
              direction: 'sendonly',
              sendEncodings: [{ rid: 'h' }, { rid: 'l' }],
            });
          } else connection.addTransceiver(kind);
        }
        await connection.setLocalDescription();
        return connection.localDescription?.sdp ?? '';
      }
      await held.connection?.setRemoteDescription({ type: 'answer', sdp });
      return [
        held.connection?.signalingState,
        ...(held.connection?.getTransceivers() ?? []).map((it) => it.currentDirection),
      ].join(' ');
    },
    [shape, answer] as const,
  );
}

describe('the SDP room and Chromium', () => {
  test('our parser reads its offers, finds nothing wrong, and gives them back to the letter', async ({
    open,
  }) => {
    const page = await open();
    for (const shape of Object.values(SHAPES)) {
      const text = await exchange(page, shape);
      const offer = parseSdp(text);
      expect(writeSdp(offer)).toBe(text);
      expect(checkSdp(offer, { profile: 'webrtc' })).toEqual([]);
      expect(groupsOf(offer, 'BUNDLE')[0]?.length).toBe(offer.media.length);
    }
  });

  test('it takes our answers: all accepted, one refused, unbundled', async ({ open }) => {
    const page = await open();
    const { audio, video, application } = CAPABILITIES.media;
    const answerers: AnswerCapabilities[] = [
      CAPABILITIES,
      { ...CAPABILITIES, media: { ...(audio && { audio }), ...(application && { application }) } },
      { ...CAPABILITIES, media: { ...(video && { video }), ...(application && { application }) } },
      { ...CAPABILITIES, bundle: false },
      { ...CAPABILITIES, setup: 'passive' },
    ];
    for (const [name, shape] of Object.entries(SHAPES)) {
      for (const capabilities of answerers) {
        const offer = parseSdp(await exchange(page, shape));
        const answer = createAnswer(offer, capabilities);
        expect(validateOfferAnswer(offer, answer)).toEqual([]);
        const outcome = await exchange(page, shape, writeSdp(answer));
        expect(outcome, name).toMatch(/^stable/);
        // Directions as the browser sees them are the answer's, turned round; a refused section has none.
        const seen = outcome.split(' ').slice(1);
        const turned = {
          sendrecv: 'sendrecv',
          sendonly: 'recvonly',
          recvonly: 'sendonly',
          inactive: 'inactive',
        };
        const readings = readAllMedia(answer);
        const wanted = answer.media.flatMap(({ media, port }, i) =>
          media === 'application' ? [] : [port === 0 ? '' : turned[readings[i]!.direction]],
        );
        expect(
          seen.filter((direction) => direction !== ''),
          name,
        ).toEqual(wanted.filter((direction) => direction !== ''));
      }
    }
  });

  test('two of its own: what one offers and the other answers is valid to us', async ({ open }) => {
    const page = await open();
    const [offer, answer] = await page.evaluate(async () => {
      const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
      one.addTransceiver('audio');
      one.addTransceiver('video');
      one.createDataChannel('data');
      await one.setLocalDescription();
      await other.setRemoteDescription(one.localDescription ?? { type: 'offer' });
      await other.setLocalDescription();
      return [one.localDescription?.sdp ?? '', other.localDescription?.sdp ?? ''];
    });
    expect(validateOfferAnswer(parseSdp(offer), parseSdp(answer))).toEqual([]);
  });
});
