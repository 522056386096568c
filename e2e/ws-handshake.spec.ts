import { describe, expect } from 'vitest';
import { axeFindings, test } from './browser';
import { settle } from './settle';

const LAB = '/en/labs/ws-handshake';

describe('the upgrade', () => {
  test('a line is broken, who hangs up is said, and a task is passed', async ({ open }) => {
    const page = await open();
    await page.goto(LAB);
    await settle(page);
    const picture = page.locator('.ws-handshake-picture');
    expect(await picture.innerText()).toContain('The WebSocket is open. Subprotocol: chat.');
    await page.getByRole('radio', { name: 'lost to a proxy' }).check({ force: true });
    await expect.poll(() => picture.innerText()).toContain('The server refuses with 400');
    await page.getByRole('button', { name: 'Put everything right' }).click();
    await page.getByRole('textbox', { name: 'Subprotocols the server knows' }).fill('graphql');
    await expect.poll(() => picture.innerText()).toContain('The browser does not, and hangs up.');
    const task = page.locator('[id="ws-handshake.open-without"]');
    await task.getByRole('button').click();
    await task.getByText('The server agrees, and the browser hangs up.').waitFor();
    await page.getByRole('radio', { name: 'Another program' }).check({ force: true });
    await expect.poll(() => task.getAttribute('data-done')).toBe('true');
  });

  test('ws answers the request as it stands, with the accept value that was computed here', async ({
    open,
  }) => {
    const page = await open();
    await page.goto(LAB);
    await settle(page);
    await page.getByRole('button', { name: 'Send to a real peer' }).click();
    await page.getByText('Its accept value is s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, as computed here.').waitFor();
    await page.getByText('More to break').first().click();
    await page.getByRole('radio', { name: 'none', exact: true }).check({ force: true });
    await page.getByRole('button', { name: 'Send to a real peer' }).click();
    // Version 8, the last draft, it would still take.
    await page.getByText(/ws answered: HTTP\/1\.1 4\d\d/).waitFor();
  });

  test('the browser does the handshake itself, and says little of one that fails', async ({ open }) => {
    const page = await open({ expectedErrors: /WebSocket connection to/ });
    await page.goto(LAB);
    await settle(page);
    await page.getByRole('button', { name: 'Open the live part' }).click();
    const live = page.locator('.ws-handshake-live');
    await live.getByRole('button', { name: 'Connect' }).click();
    await live.getByText(/^Open\. Subprotocol: chat\. Extensions: permessage-deflate/).waitFor();
    await live.getByRole('radio', { name: 'one where nobody is' }).check({ force: true });
    await live.getByRole('button', { name: 'Connect' }).click();
    await live.getByText('Closed with 1006.').waitFor();
    await page.getByRole('textbox', { name: 'Subprotocols offered' }).fill('chat, chat');
    await live.getByRole('button', { name: 'Connect' }).click();
    await live.getByText('The browser refuses to ask at all: SyntaxError.').waitFor();
  });

  test('lines and octets are sound for axe on a phone', async ({ open }) => {
    const page = await open({ viewport: 'phone' });
    await page.goto(LAB);
    await settle(page);
    expect.soft(await axeFindings(page), 'lines').toEqual([]);
    await page.getByRole('radio', { name: 'octets' }).check({ force: true });
    await page.getByRole('group', { name: 'From the client' }).waitFor();
    expect.soft(await axeFindings(page), 'octets').toEqual([]);
  });
});
