import { execFileSync } from 'node:child_process';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunReport, RunRequest } from '@/lib/runner';
import { serveFixture } from './runner/serve';

let browser: Browser;
let page: Page;
let site: Awaited<ReturnType<typeof serveFixture>>;
let requests: string[] = [];

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-sync',
];

beforeAll(async () => {
  execFileSync('node', ['lib/runner/build.mjs']);
  execFileSync('node', ['lib/ui/code-editor/build.mjs']);
  site = await serveFixture();
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
});
afterAll(async () => {
  await browser.close();
  site.close();
});
beforeEach(async () => {
  page = await openPage();
  return async () => {
    expect(requests.filter((url) => !url.startsWith(site.url) && !/^(data|blob|about):/.test(url))).toEqual(
      [],
    );
    await page.context().close();
  };
});

async function openPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, ...options });
  requests = [];
  context.on('request', (request) => requests.push(request.url()));
  const opened = await context.newPage();
  await opened.goto(site.url);
  await opened.waitForSelector('.exercise');
  return opened;
}

type RunnerWindow = Window & { runLearnerCode(request: RunRequest): Promise<RunReport> };

/** As text, both ways: playwright's own types do not end on a recursive type. */
async function runIn(request: RunRequest): Promise<RunReport> {
  const report = await page.evaluate(async (text) => {
    const { runLearnerCode } = window as unknown as RunnerWindow;
    return JSON.stringify(await runLearnerCode(JSON.parse(text) as RunRequest));
  }, JSON.stringify(request));
  return JSON.parse(report) as RunReport;
}
const run = (code: string) => runIn({ code, calls: [{ fn: 'f', args: [] }], limits: { deadlineMs: 500 } });
const good = { status: 'finished', outcomes: [{ status: 'returned', value: 42 }], console: [] };

test.each([
  ['an endless loop', 'function f() { for (;;); }', /DEADLINE/],
  ['an endless loop at the top', 'for (;;);', /DEADLINE/],
  [
    'a built-in that cannot be interrupted',
    'function f() { const a = []; a.length = 4e9; a.sort() }',
    /DEADLINE/,
  ],
  [
    'promises without end',
    'const g = () => Promise.resolve().then(g); function f() { return g() }',
    /DEADLINE/,
  ],
  ['recursion', 'function f() { return f() + 1 }', /RECURSION/],
  [
    'an array that grows',
    'const a = []; function f() { for (;;) a.push(new Array(1e6).fill(0)) }',
    /MEMORY|DEADLINE/,
  ],
  ['objects without end', 'const a = []; function f() { for (;;) a.push({ x: [1, 2] }) }', /MEMORY|DEADLINE/],
  [
    'the strings that end a renderer',
    'const a = []; for (let i = 0; ; i++) { const s = ("x" + i).repeat(1e7); s.charCodeAt(5); a.push(s) }',
    /MEMORY|DEADLINE/,
  ],
  [
    'buffers without end',
    'const a = []; function f() { for (;;) a.push(new Uint8Array(1e8).fill(1)) }',
    /MEMORY/,
  ],
  ['a flooded console', 'function f() { for (;;) console.log("x") }', /CONSOLE_FLOOD/],
  ['a syntax error', 'function f( {', /SYNTAX/],
  ['no function', 'let x = 1', /NO_FUNCTION/],
])('%s is stopped and named, the page lives, the next run works', async (_name, code, reason) => {
  const report = await run(code);
  expect(report.status === 'stopped' && report.code).toMatch(reason);
  expect(await run('function f() { return 42 }')).toEqual(good);
  expect(await page.evaluate(() => document.querySelectorAll('iframe').length)).toBe(0);
});

test.each([
  'fetch("/")',
  'new WebSocket("ws://127.0.0.1")',
  'importScripts("/x")',
  'postMessage("x")',
  'self.onmessage',
  'new Worker("x")',
])('%s does not exist in there', async (expression) => {
  expect(await run(`function f() { return ${expression} }`)).toMatchObject({
    outcomes: [{ status: 'threw', name: 'ReferenceError' }],
  });
});

test('the sandbox has no network even for the engine', async () => {
  const seen = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    const append = document.body.append.bind(document.body);
    let source = '';
    document.body.append = (...nodes) => {
      const [node] = nodes;
      if (node instanceof HTMLIFrameElement) source = node.srcdoc;
      append(...nodes);
    };
    await (window as unknown as { runLearnerCode(r: RunRequest): Promise<unknown> }).runLearnerCode({
      code: '',
      calls: [],
    });
    return source;
  });
  expect(seen).toContain("default-src 'none'");
  expect(seen).not.toContain('unsafe-inline');
});

test('two runs at once do not hear one another', async () => {
  const [a, b] = await Promise.all([run('function f() { return 42 }'), run('function f() { for (;;); }')]);
  expect(a).toEqual(good);
  expect(b).toMatchObject({ code: 'RUNNER_DEADLINE' });
});

const text = () => page.locator('.code-editor-text').first();

test('Monaco is fetched when the editor is opened, not before, and moves nothing', async () => {
  expect(requests.filter((url) => /monaco|runner/.test(url))).toEqual([]);
  await page.evaluate(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      type Shift = { hadRecentInput: boolean; sources: { node: Node | null }[] };
      for (const { hadRecentInput, sources } of list.getEntries() as unknown as Shift[])
        if (!hadRecentInput)
          shifts.push(
            ...sources.map(({ node }) =>
              node instanceof Element
                ? `${node.outerHTML.slice(0, 200)} in ${node.parentElement?.className ?? ''}`
                : (node?.textContent ?? ''),
            ),
          );
    }).observe({ type: 'layout-shift' });
  });
  await text().evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(3, 3));
  await text().focus();
  await page.waitForSelector('.monaco-editor .view-line');
  await page.waitForFunction(() => document.activeElement?.closest('.monaco-editor'));
  await page.keyboard.type('HERE');
  await expect.poll(() => text().inputValue()).toContain('/**HERE How many');
  expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
});

test("TypeScript's own help finds an error and knows the exercise's types", async () => {
  await text().fill(
    'const a: number = "x";\nconst s: Sizes = { segments: 1, initialCwnd: 2 };\nconsole.log(a, s, fetch);',
  );
  await page.locator('#before').focus();
  await text().focus();
  await page.waitForSelector('.monaco-editor .squiggly-error', { timeout: 60_000 });
  await expect.poll(() => page.locator('.squiggly-error').count()).toBe(2);
});

test('Tab leaves the editor; asked to indent it does, and Escape gives it back', async () => {
  await text().focus();
  await page.waitForSelector('.monaco-editor .view-line');
  await page.waitForFunction(() => document.activeElement?.closest('.monaco-editor'));
  await page.keyboard.press('Control+m');
  await page.waitForFunction(() =>
    document.querySelector('.code-editor-hint')?.textContent.includes('Escape'),
  );
  const before = await text().inputValue();
  await page.keyboard.press('Tab');
  await expect.poll(() => text().inputValue()).not.toBe(before);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor'))).toBeNull();
});

test('on a touch device the text area stays, and Tab leaves it', async () => {
  await page.context().close();
  page = await openPage({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
  await text().tap();
  await page.keyboard.type('x');
  expect(requests.filter((url) => url.includes('monaco'))).toEqual([]);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('exercise-run');
});

test('if Monaco cannot be loaded the text area stays and works', async () => {
  await page.route('**/monaco/**', (route) => route.abort());
  await text().focus();
  await text().fill('function slowStartRounds() { return 1 }');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.exercise-verdict');
  expect(await page.locator('.monaco-editor').count()).toBe(0);
});

test('an attempt tells what was expected, a known mistake, and is recorded; the solution passes', async () => {
  await page.route('**/monaco/**', (route) => route.abort());
  await text().fill(
    'function slowStartRounds({ segments, initialCwnd }) { return Math.log2(segments / initialCwnd + 1) }',
  );
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.exercise-table');
  expect(await page.locator('.exercise-mistake').textContent()).toContain('whole');
  expect(await page.locator('.exercise-table').textContent()).toContain(
    'slowStartRounds({ segments: 15, initialCwnd: 4 })',
  );
  await page.getByRole('button', { name: 'Show a solution' }).click();
  await text().fill((await page.locator('.exercise-solution').textContent()) ?? '');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.exercise-verdict[data-passed=true]');
  const events = await page.evaluate(() => (window as unknown as { events: object[] }).events);
  expect(events).toMatchObject([
    { type: 'exercise:attempted', lab: 'fixture', stage: 'rounds', passed: false },
    { type: 'exercise:solution-shown', lab: 'fixture', stage: 'rounds' },
    { type: 'exercise:attempted', passed: true },
  ]);
});

test('a stored endless loop: the page opens, the editor works, nothing runs by itself', async () => {
  await page.route('**/monaco/**', (route) => route.abort());
  await text().fill('for (;;);');
  await page.reload();
  await expect.poll(() => text().inputValue()).toBe('for (;;);');
  expect(requests.filter((url) => url.includes('/runner/'))).toEqual([]);
  await page.getByRole('button', { name: /^Run/ }).click();
  await page.waitForSelector('text=RUNNER_DEADLINE');
  await page.getByRole('button', { name: 'Start over' }).click();
  expect(await text().inputValue()).toContain('return 0');
});

test('a draft for an earlier starter is offered, not applied', async () => {
  await page.evaluate(() =>
    localStorage.setItem('roundtrip:draft:here:fixture/rounds', '{"starter":"0","code":"old work"}'),
  );
  await page.reload();
  await page.getByRole('button', { name: 'Use my earlier code' }).click();
  expect(await text().inputValue()).toBe('old work');
});

test.each([
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const)('axe finds nothing at %d px, %s', async (width, colorScheme) => {
  await page.context().close();
  page = await openPage({ viewport: { width, height: 1000 }, colorScheme });
  await text().focus();
  await page.waitForSelector('.monaco-editor .view-line');
  await page.getByRole('button', { name: /^Hint/ }).click();
  await page.getByRole('button', { name: /^Run/ }).click();
  await page.waitForSelector('.exercise-table');
  const shots = process.env['SHOTS'];
  if (shots) await page.screenshot({ path: `${shots}/exercise-${width}-${colorScheme}.png`, fullPage: true });
  const { violations } = await new AxeBuilder({ page }).include('.exercise').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))])).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
});
