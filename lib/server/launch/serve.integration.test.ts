import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createDataFolder, runScript } from '../test-database.fixture';

/** The server as `npm start` runs it: built, in production mode, on a database of its own. */
const data = createDataFolder();
const running = new Set<ChildProcess>();

beforeAll(() => runScript('lib/server/launch/build.mjs'), 300_000);
afterEach(async () => {
  for (const child of running) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});
afterAll(() => data.remove());

type Running = { child: ChildProcess; url: string; port: number; said(): string };

function launch(command: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(command, args, { env: { ...process.env, PORT: '0', HOST: '127.0.0.1', ...env } });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text };
}

async function start(command = process.execPath, args = ['lib/server/launch/start.mjs']): Promise<Running> {
  const { child, said } = launch(command, args);
  for (;;) {
    const port = /Roundtrip: http:\/\/127\.0\.0\.1:(\d+)/.exec(said())?.[1];
    if (port) return { child, port: Number(port), url: `http://127.0.0.1:${port}`, said };
    if (child.exitCode !== null) throw new Error(`the server ended: ${said()}`);
    await delay(20);
  }
}

const event = () => ({
  id: crypto.randomUUID(),
  at: new Date().toISOString(),
  lesson: 'tcp/slow-start',
  type: 'section:read',
  section: 'intro',
});
const post = (url: string, events: unknown[], cookie = '') =>
  fetch(`${url}/api/events`, { method: 'POST', headers: { cookie }, body: JSON.stringify({ events }) });
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';', 1)[0] ?? '';

async function logOf(url: string, cookie: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after = 0, more = true; more;) {
    const page = (await (
      await fetch(`${url}/api/progress?after=${after}`, { headers: { cookie } })
    ).json()) as {
      events: { id: string }[];
      next: number;
      more: boolean;
    };
    ids.push(...page.events.map(({ id }) => id));
    after = page.next;
    more = page.more;
  }
  return ids;
}

test('killed in the middle of a hundred writes, the server has every acknowledged event, and none twice', async () => {
  let server = await start();
  const cookie = cookieOf(await post(server.url, [event()]));
  const written = Array.from({ length: 100 }, event);
  const acknowledged = new Set<string>();
  /** Writes all of them, eight at a time, and kills the server when it has answered for `killAfter`. */
  const write = async (killAfter: number) => {
    const queue = [...written];
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        // Killed between an answer's head and its body, the server has not acknowledged either.
        const answer = await post(server.url, [next], cookie)
          .then(async (response) =>
            response.ok ? ((await response.json()) as { accepted: string[] }) : null,
          )
          .catch(() => null);
        if (answer) acknowledged.add(next.id);
        if (acknowledged.size === killAfter) server.child.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
  };
  for (const killAfter of [20, 55]) {
    const gone = once(server.child, 'exit');
    await write(killAfter);
    await gone;
    expect(acknowledged.size).toBeLessThan(100);
    server = await start();
    const stored = await logOf(server.url, cookie);
    expect(new Set(stored).size).toBe(stored.length);
    expect(stored).toEqual(expect.arrayContaining([...acknowledged]));
  }
  await write(Infinity);
  const stored = await logOf(server.url, cookie);
  expect(stored).toHaveLength(101);
  expect(new Set(stored)).toEqual(new Set([stored[0], ...written.map(({ id }) => id)]));
});

test('SIGTERM ends what is under way, closes the database and ends well', async () => {
  const { child, port, url } = await start();
  const body = JSON.stringify({ events: [event()] });
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk) => (answer += String(chunk)));
  socket.write(
    `POST /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  socket.write(body.slice(0, 20));
  await delay(300);
  child.kill('SIGTERM');
  await delay(300);
  await expect(fetch(`${url}/api/health`)).rejects.toThrow();
  expect(child.exitCode).toBeNull();
  socket.write(body.slice(20));
  const [code] = (await once(child, 'exit')) as [number];
  expect(answer).toMatch(/^HTTP\/1\.1 200/);
  expect(code).toBe(0);
});

test('SIGTERM ends event streams at once, and in good order', async () => {
  const { child, url } = await start();
  const streams = await Promise.all(
    Array.from({ length: 5 }, () => fetch(`${url}/api/live-stream/${crypto.randomUUID()}`)),
  );
  const readers = streams.flatMap(({ body }) => (body ? [body.getReader()] : []));
  for (const reader of readers) await reader.read();
  const signalledMs = performance.now();
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
  // Far below the ten seconds after which connections are cut.
  expect(performance.now() - signalledMs).toBeLessThan(5000);
  for (const reader of readers) {
    let done = false;
    while (!done) ({ done } = await reader.read());
  }
});

test('npm hands a signal on, and ends as the server does', async () => {
  const { child, url } = await start('npm', ['start']);
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(0);
  await expect(fetch(`${url}/api/health`)).rejects.toThrow();
});

test('a port that is taken is named, and the start fails', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = String(typeof address === 'object' && address?.port);
  const { child, said } = launch(process.execPath, ['lib/server/launch/start.mjs'], { PORT: port });
  const [code] = (await once(child, 'exit')) as [number];
  taken.close();
  expect(code).toBe(1);
  expect(said()).toContain(`Port ${port} is taken`);
});

test('a database that is not SQLite, and a port that is none, are refused in words', () => {
  for (const [env, message] of [
    [{ DATABASE_URL: 'postgresql://localhost/x' }, 'DATABASE_URL must be'],
    [{ PORT: 'http' }, 'PORT must be'],
  ] as const) {
    const { status, stderr } = spawnSync(process.execPath, ['lib/server/launch/start.mjs'], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) as string });
  }
});

test('every answer is guarded, compressed where it may be, and refused in the API’s words', async () => {
  const { url } = await start();
  const page = await fetch(`${url}/`, { headers: { 'accept-encoding': 'br' } });
  expect(page.headers.get('content-encoding')).toBe('br');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/https?:|\*/);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect(page.headers.get('x-powered-by')).toBeNull();
  expect((await fetch(`${url}/embed/none`)).headers.get('content-security-policy')).toContain(
    'frame-ancestors *',
  );
  expect((await fetch(`${url}/api/events`)).status).toBe(405);
  expect((await fetch(`${url}/api/events`, { method: 'DELETE' })).status).toBe(405);
  const nowhere = await fetch(`${url}/api/nowhere`, { method: 'POST' });
  expect({ status: nowhere.status, body: (await nowhere.json()) as unknown }).toMatchObject({
    status: 404,
    body: { error: { code: 'request.not_found' } },
  });
  const large = await fetch(`${url}/api/events`, { method: 'POST', body: 'x'.repeat(1_000_000) });
  expect(large.status).toBe(413);
});

/** The scripts of a page and of an embed: the address, and the file behind it. */
async function scriptsOf(url: string): Promise<{ address: string; file: string }[]> {
  const ofPage = /\/(_next\/static\/[^"\\]+\.js)/.exec(await (await fetch(`${url}/en`)).text());
  const ofEmbed = /\/(embed\/[^"]+\.js)/.exec(await (await fetch(`${url}/embed/slow-start`)).text());
  return [
    { address: `${url}/${ofPage?.[1]}`, file: `${ofPage?.[1]}`.replace('_next', '.next') },
    { address: `${url}/${ofEmbed?.[1]}`, file: `public/${ofEmbed?.[1]}` },
  ];
}

test('a script is kept for ever by who has it, and comes compressed ahead to who takes Brotli', async () => {
  const { url } = await start();
  for (const { address, file } of await scriptsOf(url)) {
    const ask = async (encodings: string) => {
      const response = await fetch(address, { headers: { 'accept-encoding': encodings } });
      return { response, encoding: response.headers.get('content-encoding'), text: await response.text() };
    };
    const source = readFileSync(file, 'utf8');
    const ahead = await ask('gzip, deflate, br');
    expect(ahead).toMatchObject({ encoding: 'br', text: source });
    const sentBytes = Number(ahead.response.headers.get('content-length'));
    const inHaste = brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
    expect(sentBytes).toBeGreaterThan(0);
    expect(sentBytes).toBeLessThan(inHaste.length);
    expect(ahead.response.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(ahead.response.headers.get('vary')).toContain('Accept-Encoding');
    expect(ahead.response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await ask('gzip')).toMatchObject({ encoding: 'gzip', text: source });
    expect(await ask('gzip;q=0.5, br;q=0')).toMatchObject({ encoding: 'gzip', text: source });
    expect(await ask('identity')).toMatchObject({ encoding: null, text: source });
  }
  for (const path of ['_next/static/none.js', 'embed/none.ABCDEFGH.js', 'monaco/0123456789ab/none.js']) {
    const none = await fetch(`${url}/${path}`, { headers: { 'accept-encoding': 'br' } });
    expect(none.status).toBe(404);
    expect(none.headers.get('cache-control') ?? '').not.toContain('immutable');
  }
});

test('every script that a page starts with may be compiled while it arrives', async () => {
  const { url } = await start();
  const html = await (await fetch(`${url}/en/learn/tcp/slow-start`)).text();
  const head = html.slice(0, html.indexOf('</head>'));
  const scripts = [...head.matchAll(/(?:src|href)="(?<path>\/_next\/[^"]+\.js)"(?! noModule)/g)];
  expect(scripts.length).toBeGreaterThan(3);
  for (const { groups } of scripts) {
    const script = await (await fetch(`${url}${groups?.path}`)).text();
    expect(script, groups?.path).toMatch(/^\/\/# allFunctionsCalledOnLoad\n\S/);
  }
});

test('nobody gains another’s address or scheme by sending our headers', async () => {
  const { url } = await start();
  const response = await fetch(`${url}/api/learners`, {
    method: 'POST',
    headers: { 'x-roundtrip-scheme': 'https' },
  });
  expect(response.headers.get('set-cookie')).not.toContain('Secure');
});

test('SIGTERM says 1001 to WebSockets, and does not wait for those who do not answer', async () => {
  const { child, port } = await start();
  const polite = new WebSocket(`ws://127.0.0.1:${port}/live/echo`);
  await once(polite, 'open');
  polite.send('hello');
  expect(String((await once(polite, 'message'))[0])).toBe('hello');
  const silent = connect(port, '127.0.0.1');
  silent.write(
    `GET /live/echo HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  expect(String((await once(silent, 'data'))[0])).toContain('101 Switching Protocols');
  child.kill('SIGTERM');
  const ends = await Promise.all([once(polite, 'close'), once(child, 'exit')]);
  expect(ends.map(([code]) => code as number)).toEqual([1001, 0]);
});
