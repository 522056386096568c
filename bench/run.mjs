// @ts-check
/**
 * `npm run bench`: measures what has a number to hold, and prints bar, measured and their ratio. Not a test: a busy
 * machine makes it slower, and nothing fails over that but the exit code here.
 * `npm run bench -- simulator` runs what has that in its name.
 *
 * Every bench/*.bench.ts default-exports an async function that gets `{ origin }` (the production server, started when
 * first asked for) and answers rows.
 */
import { fork } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer } from '../e2e/server.mjs';

/**
 * @typedef {object} Row
 * @property {string} name what is measured, on what
 * @property {string} unit
 * @property {number} bar
 * @property {'at least' | 'at most'} sense
 * @property {number} measured
 * @property {string} [note]
 */

const root = join(import.meta.dirname, '..');
const bundles = join(root, '.roundtrip/bench');

/** @type {Awaited<ReturnType<typeof startServer>> | undefined} */
let server;
async function origin() {
  if (process.env.ROUNDTRIP_ORIGIN) return process.env.ROUNDTRIP_ORIGIN;
  server ??= await startServer();
  return server.origin;
}

/** In a process of its own: what comes after Lighthouse would inherit its heap. @param {string} file @returns {Promise<Row[]>} */
function measure(file) {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'measure.mjs'), [file]);
    /** @type {Row[] | undefined} */
    let rows;
    child.on('message', (message) => {
      if (message === 'origin') origin().then((address) => child.send(address), reject);
      else rows = /** @type {Row[]} */ (message);
    });
    child.on('exit', (code) => (rows ? resolve(rows) : reject(new Error(`${file} ended with ${code}`))));
  });
}

const wanted = process.argv.slice(2);
const files = (await readdir(join(root, 'bench')))
  .filter((file) => file.endsWith('.bench.ts'))
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)));

/** @type {Row[]} */
const rows = [];
let broken = files.length === 0;
try {
  for (const file of files) {
    console.log(`── ${file}`);
    try {
      rows.push(...(await measure(file)));
    } catch (error) {
      broken = true;
      console.log(error);
    }
  }
} finally {
  await server?.stop();
  await rm(bundles, { recursive: true, force: true });
}

const holds = (/** @type {Row} */ { sense, bar, measured }) =>
  sense === 'at least' ? measured >= bar : measured <= bar;
console.table(
  rows.map((row) => ({
    what: row.name,
    bar: `${row.sense} ${row.bar.toLocaleString('en')} ${row.unit}`,
    measured: Number(row.measured.toPrecision(4)),
    ratio: Number((row.measured / row.bar).toPrecision(3)),
    holds: holds(row) ? 'yes' : 'NO',
  })),
);
for (const row of rows) if (row.note && !holds(row)) console.log(`${row.name}: ${row.note}`);
process.exitCode = broken || !rows.every(holds) ? 1 : 0;
