// @ts-check
/**
 * `npm test`: every part, one after another, going on when one fails; the last line is `N passed, N failed`.
 * `npm test -- unit lint` runs those parts only. A part that runs no test has failed.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { addCounts, countVitest, noCounts } from './counts.mjs';

/** @typedef {import('./counts.mjs').Counts} Counts */
/** @typedef {{ name: string, command?: string[], project?: string, chromium?: boolean }} Part */

const root = join(import.meta.dirname, '..');
const reports = join(root, 'test-results');
const partDeadlineMs = 40 * 60_000;

/** @param {string} name */
const tool = (name) => join(root, 'node_modules/.bin', name);

/** Made before the types can be read. */
const preparations = [
  [process.execPath, 'lib/server/launch/build.mjs', '--client-only'],
  [tool('next'), 'typegen'],
];

/** @type {Part[]} */
const parts = [
  { name: 'types', command: [tool('tsc'), '--noEmit'] },
  { name: 'lint', command: [tool('eslint'), '.', '--max-warnings', '0'] },
  { name: 'format', command: [tool('prettier'), '--check', '--log-level', 'warn', '.'] },
  { name: 'unit', project: 'unit' },
  { name: 'architecture', project: 'architecture' },
  { name: 'content', project: 'content' },
  { name: 'integration', project: 'integration' },
  { name: 'browser', project: 'browser', chromium: true },
];

const colour = process.stdout.isTTY ? {} : { NO_COLOR: '1' };

/**
 * Runs a command to its end or its deadline, with its children.
 * @param {string[]} command
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} exit code
 */
function run([program = '', ...args], env = {}) {
  const child = spawn(program, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: /** @type {NodeJS.ProcessEnv} */ ({
      ...process.env,
      CI: 'true',
      NEXT_TELEMETRY_DISABLED: '1',
      ...colour,
      ...env,
    }),
  });
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, name);
  };
  // Asked first: the browser part has a server to stop.
  const stop = () => {
    signal('SIGTERM');
    setTimeout(() => signal('SIGKILL'), 20_000).unref();
  };
  const deadline = setTimeout(() => {
    console.log(`stopped: not done after ${partDeadlineMs / 60_000} minutes`);
    stop();
  }, partDeadlineMs);
  const interrupt = () => {
    stop();
    process.exit(130);
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  return new Promise((resolve) => {
    const end = (/** @type {number | null} */ code) => {
      clearTimeout(deadline);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      resolve(code ?? 1);
    };
    child.on('error', (error) => {
      console.log(error.message);
      end(1);
    });
    child.on('exit', end);
  });
}

/** @param {Part} part @returns {Promise<Counts>} */
async function runPart({ name, command, project, chromium }) {
  if (command) return (await run(command)) === 0 ? { ...noCounts, passed: 1 } : { ...noCounts, failed: 1 };
  /** @type {Record<string, string>} */
  const env = chromium ? { CHROMIUM_PATH: ensureChromium() } : {};
  const report = join(reports, `${name}.json`);
  const args = [
    'run',
    '--project',
    project ?? name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await run([tool('vitest'), ...args], env);
  const { counts, skips } = countVitest(
    existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined,
    code,
  );
  for (const skip of skips) console.log(`skipped: ${skip}`);
  return counts;
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0)
  throw new Error(`no part ${unknown.join(', ')}; there are ${parts.map((it) => it.name).join(', ')}`);

for (const command of preparations) await run(command);

let total = noCounts;
const table = [];
for (const part of parts.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n── ${part.name}`);
  const start = Date.now();
  const counts = await runPart(part).catch((/** @type {unknown} */ error) => {
    console.log(error instanceof Error ? error.message : error);
    return { ...noCounts, failed: 1 };
  });
  total = addCounts(total, counts);
  table.push({ part: part.name, ...counts, seconds: Math.round((Date.now() - start) / 1000) });
}

console.log('');
console.table(table);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
