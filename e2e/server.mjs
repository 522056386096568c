// @ts-check
/**
 * The real production server, started as a newcomer does, with a data folder of its own. As vitest's global setup
 * it is started once for all specs; bench/ and tests that kill a server start their own.
 * `ROUNDTRIP_ORIGIN=http://127.0.0.1:3000` uses a server that runs already.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');
const startDeadlineMs = 10 * 60_000;
const stopDeadlineMs = 15_000;

/** A port above 20000 that is free now. @returns {Promise<number>} */
async function findFreePort() {
  const port = 20_000 + Math.floor(Math.random() * 40_000);
  const probe = createServer();
  const free = await new Promise((resolve) => {
    probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  await new Promise((resolve) => probe.close(resolve));
  return free ? port : findFreePort();
}

/** @param {string} origin */
const answers = (origin) =>
  fetch(`${origin}/en`).then(
    ({ status }) => status < 500,
    () => false,
  );

/**
 * @typedef {object} RunningServer
 * @property {string} origin `http://127.0.0.1:<port>`
 * @property {string} dataFolder
 * @property {number} pid leads a process group of its own: `process.kill(-pid, 'SIGKILL')` ends all of it
 * @property {() => string} output the last of what it printed
 * @property {() => Promise<void>} stop SIGTERM, then SIGKILL; removes the data folder if it was made here
 */

/**
 * Runs `npm start` and waits until it answers.
 * @param {{ port?: number, dataFolder?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<RunningServer>}
 * @throws Error with what the server printed, if it ends or does not answer in time
 */
export async function startServer({ port, dataFolder, env = {} } = {}) {
  const chosenPort = port ?? (await findFreePort());
  const data = dataFolder ?? (await mkdtemp(join(tmpdir(), 'roundtrip-')));
  const origin = `http://127.0.0.1:${chosenPort}`;
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(chosenPort),
      DATABASE_URL: `file:${join(data, 'roundtrip.db')}`,
      ROUNDTRIP_DATA: data,
      ...env,
    },
  });
  let printed = '';
  const keep = (/** @type {Buffer} */ chunk) => {
    printed = (printed + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let ended = false;
  const end = new Promise((resolve) => {
    child.once('error', (error) => keep(Buffer.from(error.message)));
    child.once('close', resolve);
  }).then(() => {
    ended = true;
  });
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    if (!ended && child.pid) process.kill(-child.pid, name);
  };
  // Whoever is stopped while the server runs takes it along.
  const abandon = () => signal('SIGKILL');
  const abandonAndEnd = () => {
    abandon();
    process.exit(143);
  };
  process.once('exit', abandon).once('SIGTERM', abandonAndEnd);
  const stop = async () => {
    process.off('exit', abandon).off('SIGTERM', abandonAndEnd);
    signal('SIGTERM');
    // Without `ref`, whoever stops a server would stay for the deadline although it has ended long since.
    await Promise.race([end, pause(stopDeadlineMs, undefined, { ref: false })]);
    signal('SIGKILL');
    await end;
    if (!dataFolder) await rm(data, { recursive: true, force: true });
  };

  const deadline = Date.now() + startDeadlineMs;
  while (!(await answers(origin))) {
    if (ended || Date.now() > deadline) {
      await stop();
      throw new Error(`npm start did not come up on port ${chosenPort}:\n${printed}`);
    }
    await pause(200);
  }
  return { origin, dataFolder: data, pid: child.pid ?? 0, output: () => printed, stop };
}

/** vitest's global setup: the origin goes to the specs. @param {import('vitest/node').TestProject} project */
export default async function setup(project) {
  const running = process.env.ROUNDTRIP_ORIGIN;
  if (running) {
    project.provide('origin', running);
    return undefined;
  }
  const server = await startServer();
  project.provide('origin', server.origin);
  return server.stop;
}
