import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { compileMessages, type MessageTree } from '@/lib/text/compile';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.ttf': 'font/ttf',
};

/** The panel on a page of its own, with public/runner and public/monaco beside it, on a loopback port. */
export async function serveFixture(): Promise<{ url: string; close(): void }> {
  const bundle = await build({
    entryPoints: [path.join(import.meta.dirname, 'fixture.tsx')],
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: { '@': root },
    logLevel: 'warning',
  });
  const tree = parse(read('content/en/messages/exercise.yaml')) as MessageTree;
  const messages = compileMessages({
    ...tree,
    labs: {
      fixture: {
        exercise: {
          rounds: {
            prompt: 'Write slowStartRounds: how many round trips does it take to send all segments?',
            hints: {
              1: 'After n rounds, initialCwnd × (2ⁿ − 1) segments are sent.',
              2: 'Solve for n; round up.',
            },
            mistakes: { 'not-whole': 'Rounds are whole: half a round trip is waited for like a full one.' },
          },
          ack: { prompt: 'Write onAck.' },
        },
      },
    },
  });
  const css = [
    'lib/ui/theme/tokens.css',
    'lib/ui/theme/base.css',
    'lib/ui/code-editor/code-editor.css',
    'lib/labs/exercise/exercise.css',
  ]
    .map(read)
    .join('\n');
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Exercise</title>
<style>${css} .sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)} main{padding:0 1rem;max-width:60rem;margin:auto}</style>
<main><h1>Slow start</h1><h2>Exercise</h2><button id="before">before</button><div id="root"></div><button id="after">after</button></main>
<script>window.messages=${JSON.stringify(messages).replaceAll('<', '\\u003c')}</script><script type="module" src="/page.js"></script></html>`;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const file = path.join(root, 'public', path.normalize(pathname));
    const send = (type: string, body: string | Uint8Array) =>
      response.setHeader('content-type', type).end(body);
    if (pathname === '/') send('text/html', html);
    else if (pathname === '/page.js') send('text/javascript', bundle.outputFiles[0]?.text ?? '');
    else if (existsSync(file)) send(types[path.extname(file)] ?? 'text/plain', readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
