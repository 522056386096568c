import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { axeFindings, test } from './browser';
import { settle } from './settle';

const LAB = '/en/labs/ws-frame';
const LESSON = '/en/learn/websocket/frames';
const verdict = (page: Page) => page.locator('.lab-verdict').first().innerText();
const task = (page: Page, id: string) => page.locator(`[id="ws-frame.${id}"]`);

describe('a WebSocket frame', () => {
  test('from opening the lesson to seeing how the mask works takes less than a minute', async ({ open }) => {
    const page = await open();
    const startMs = performance.now();
    await page.goto(LESSON);
    const lab = page.locator('[data-lab="ws-frame"]').first();
    await lab.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await settle(page);
    // One types a word of one's own, and the octets follow.
    await lab.getByRole('textbox', { name: 'Message' }).fill('Hi');
    await expect.poll(() => lab.locator('.lab-verdict').innerText()).toContain('8 octets on the wire');
    // One watches a run begin, and steps to the mask.
    await lab.getByRole('button', { name: 'Run', exact: true }).click();
    await lab.getByText('FIN is 1: this frame is the last of its message.').first().waitFor();
    await lab.getByRole('button', { name: 'Pause' }).click();
    await lab.getByRole('slider', { name: 'Position in the run' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await lab
      .getByText('Octet 2: 93 on the wire, XOR fa of the key, makes 69, which is “i”.')
      .first()
      .waitFor();
    expect(await lab.locator('.ws-frame-now').allInnerTexts()).toEqual(['93', 'faB', '69', 'i']);
    // And leaves the mask out, to see what it costs.
    await lab.getByRole('button', { name: 'Bits and length' }).click();
    await lab.getByRole('switch', { name: 'MASK' }).uncheck();
    await lab.getByText('it sends a Close with code 1002 and hangs up').first().waitFor();
    expect(performance.now() - startMs).toBeLessThan(60_000);
  });

  test('a bit is turned over with the keyboard alone, and the rule that it breaks is named', async ({
    open,
  }) => {
    const page = await open();
    await page.goto(LAB);
    await settle(page);
    expect(await verdict(page)).toContain('The server reads a text message of 5 octets: Hello');
    await page.locator('button[data-field][aria-label^="RSV2:"]:visible').first().focus();
    await page.keyboard.press('Enter');
    const bit = page.getByRole('button', { name: 'Bit 2, now 0' });
    await bit.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => verdict(page)).toContain('WEBSOCKET_RESERVED_BITS, octet 0:');
    expect(await verdict(page)).toContain('with code 1002');
  });

  test('pasted octets are read; what is wrong is named where it stands; a task is passed', async ({
    open,
  }) => {
    const page = await open({ viewport: 'phone' });
    await page.goto(LAB);
    await settle(page);
    await page.getByRole('button', { name: 'Paste octets' }).click();
    const octets = page.getByRole('textbox', { name: /Octets in hexadecimal/ });
    await octets.fill('81 8x');
    await page.getByText('HEX_INVALID_CHARACTER. Character 4 is no hexadecimal digit.').waitFor();
    await octets.fill('81 03 00 00 00');
    await expect.poll(() => verdict(page)).toContain('WEBSOCKET_MASK_MISSING, octet 1:');
    await task(page, 'shortest-rejected').getByRole('button').click();
    await task(page, 'shortest-rejected').getByText('it has 5 octets, and the fault is at octet 1').waitFor();
    await octets.fill('81 00');
    await expect.poll(() => task(page, 'shortest-rejected').getAttribute('data-done')).toBe('true');
  });

  test('the frame goes to ws, and its answer comes back', async ({ open }) => {
    const page = await open();
    await page.goto(LAB);
    await settle(page);
    await page.getByRole('button', { name: 'Send to a real peer' }).click();
    await page.getByText('ws read a text message: Hello').waitFor();
    await page.getByText('It sent a text message back, in a frame that is not masked: Hello').waitFor();
    await page.getByRole('button', { name: 'Bits and length' }).click();
    await page.getByRole('switch', { name: 'MASK' }).uncheck();
    await page.getByRole('button', { name: 'Send to a real peer' }).click();
    await page.getByText('It sent a Close frame with code 1002.').waitFor();
  });

  test('the browser’s own WebSocket says the same and gets it back', async ({ open }) => {
    const page = await open();
    await page.goto(LAB);
    await settle(page);
    await page.getByRole('button', { name: 'Open the live part' }).click();
    const live = page.locator('.ws-frame-live');
    await live.getByText(/^Open\. Extensions: permessage-deflate/).waitFor();
    await live.getByRole('textbox').fill('wörld');
    await live.getByRole('button', { name: 'Send' }).click();
    await live.getByText('Received “wörld”: 6 octets, a frame of 8 if it is not compressed.').waitFor();
    await live.getByRole('button', { name: 'Close with 4000' }).click();
    await live.getByText('Closed with 4000 (enough), cleanly.').waitFor();
  });

  test('each panel is sound for axe, also with a frame that is broken', async ({ open }) => {
    const page = await open({ viewport: 'phone' });
    await page.goto(LAB);
    await settle(page);
    for (const panel of ['Bits and length', 'Paste octets']) {
      await page.getByRole('button', { name: panel, exact: true }).click();
      expect.soft(await axeFindings(page), panel).toEqual([]);
    }
    await page.getByRole('textbox', { name: /Octets in hexadecimal/ }).fill('83 00');
    await expect.poll(() => verdict(page)).toContain('WEBSOCKET_RESERVED_OPCODE');
    expect.soft(await axeFindings(page), 'broken').toEqual([]);
  });
});
