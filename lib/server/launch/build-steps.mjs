/** What is built, from what, in this order; each only if its sources have changed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hintCompilation } from './compile-hints.mjs';
import { compressAhead } from './compress.mjs';
import { generateClient } from './database.mjs';
import { runNode } from './run.mjs';
import { root } from './settings.mjs';
import { ifStale } from './stamps.mjs';

const LOCK = ['package.json', 'package-lock.json', 'tsconfig.json'];

/** The server itself: its TypeScript as one file. Cheap enough for development too. */
export async function buildServer() {
  await ifStale({
    name: 'server',
    sources: [...LOCK, 'lib/server', 'lib/protocols', 'lib/bytes'],
    outputs: ['.roundtrip/server.mjs'],
    work: async () => {
      const { build } = await import('esbuild');
      await build({
        absWorkingDir: root,
        entryPoints: ['lib/server/launch/serve.ts'],
        outfile: '.roundtrip/server.mjs',
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        packages: 'external',
        logLevel: 'warning',
      });
    },
  });
}

/** A part that another room builds with a script of its own, if that room is there. */
async function buildPart(name, script, sources, outputs) {
  if (!existsSync(join(root, script))) return;
  await ifStale({ name, sources: [...LOCK, ...sources], outputs, work: () => runNode(script) });
}

export async function buildMonaco() {
  await buildPart('monaco', 'lib/ui/code-editor/build.mjs', ['lib/ui/code-editor'], ['public/monaco']);
}

/** The faces, cut to what the course sets: its characters are read from its sources. */
export async function buildFonts() {
  await buildPart('fonts', 'lib/ui/theme/build.mjs', ['app', 'content', 'lib'], ['.roundtrip/fonts']);
}

/** The worker that learner code runs in. */
export async function buildRunner() {
  await buildPart('runner', 'lib/runner/build.mjs', ['lib/runner'], ['public/runner']);
}

/** Everything that the production server serves. */
export async function buildAll() {
  await generateClient();
  await buildServer();
  await buildMonaco();
  await buildRunner();
  await buildFonts();
  await checkContent();
  await buildPart(
    'embed',
    'app/embed/build.mjs',
    ['app/embed', 'lib', 'content', 'app/globals.css'],
    ['public/embed'],
  );
  await ifStale({
    name: 'next',
    sources: [
      ...LOCK,
      'next.config.mjs',
      'postcss.config.mjs',
      'instrumentation-client.ts',
      'mdx-components.tsx',
      'app',
      'lib',
      'content',
      'public',
      'prisma/schema.prisma',
    ],
    outputs: ['.next/BUILD_ID'],
    work: async () => {
      await runNode('node_modules/next/dist/bin/next', ['build'], { env: { NODE_ENV: 'production' } });
      await hintCompilation();
    },
  });
  await ifStale({
    name: 'compressed',
    sources: ['lib/server/launch/compress.mjs', '.next/BUILD_ID', 'public'],
    outputs: ['.roundtrip/compressed'],
    work: compressAhead,
  });
}

/** Names the file and the line of what does not fit in content/, before anything is built from it. */
async function checkContent() {
  await ifStale({
    name: 'content',
    sources: [...LOCK, 'content', 'lib/labs', 'lib/lesson', 'lib/server/content', 'lib/server/text'],
    outputs: [],
    work: () => runNode('lib/server/content/check/run.mjs'),
  });
}
