/**
 * `npm run check:content`: says everything that is wrong with content/ and fails if anything is. Runs before the
 * build, without a test runner: esbuild makes the TypeScript of the check and of the labs runnable.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const outfile = join(root, '.roundtrip', `check-content-${process.pid}.mjs`);

await build({
  absWorkingDir: root,
  stdin: {
    contents: `
      import { labCatalogue } from '@/lib/labs/catalogue';
      import { checkContent } from '@/lib/server/content/check';
      import { writeProblem } from '@/lib/server/content';
      export const problems = checkContent(labCatalogue, ${JSON.stringify(root)}).map(writeProblem);
    `,
    resolveDir: root,
    loader: 'ts',
  },
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  alias: { '@': root },
  logLevel: 'error',
});
try {
  const { problems } = await import(pathToFileURL(outfile).href);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'content: no problem' : `content: ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await rm(outfile, { force: true });
}
