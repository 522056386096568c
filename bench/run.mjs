// @ts-check
/**
 * `npm run bench`: measures what has a number to hold, and prints bar, measured and their ratio. Not a test: a busy
 * machine makes it slower, and nothing fails over that but the exit code here.
 * `npm run bench -- simulator` runs what has that in its name.
 *
 * Every bench/*.bench.ts default-exports an async function that gets `{ origin }` (the production server, started when
 * first asked for) and answers rows.
 */
import { build } from 'esbuild';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
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

/** Bundled by esbuild, so that a bench is TypeScript with the repository's aliases on every Node. @param {string} file */
async function load(file) {
  const outfile = join(bundles, file.replace(/\.ts$/, '.mjs'));
  await build({
    absWorkingDir: root,
    entryPoints: [join('bench', file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

/** @type {Awaited<ReturnType<typeof startServer>> | undefined} */
let server;
const context = {
  /** @returns {Promise<string>} */
  async origin() {
    if (process.env.ROUNDTRIP_ORIGIN) return process.env.ROUNDTRIP_ORIGIN;
    server ??= await startServer();
    return server.origin;
  },
};

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
      rows.push(.../** @type {Row[]} */ (await (await load(file)).default(context)));
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
