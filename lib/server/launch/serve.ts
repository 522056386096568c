import next from 'next';
import type { Server } from 'node:http';
import { liveEndpoints, openDoor, type LiveDoor } from '../realtime';
import { createHttpServer } from './http-server';

/** How long requests under way may take to end after SIGTERM. */
const STOP_DEADLINE_MS = 10_000;
/** Set by lib/server/db, which lives in Next's bundles. */
const DATABASE = Symbol.for('roundtrip.database');
/** Set by lib/server/live-stream, which lives there too: event streams end when they are told to, and not before. */
const LIVE_STREAMS = Symbol.for('roundtrip.live-streams');

/**
 * Serves the app on PORT (3000) and HOST (all interfaces, so that a class can reach it). A server of our own and not
 * `next start`, because route handlers cannot upgrade to WebSocket: see docs/decisions/0004.
 */
export async function serve({ dev }: { dev: boolean }): Promise<void> {
  const port = parsePort(process.env.PORT);
  const host = process.env.HOST || undefined;
  const stopped = onceStopped();

  const trustProxy = process.env.ROUNDTRIP_TRUST_PROXY === '1';
  const server = createHttpServer((request, response) => app.getRequestHandler()(request, response), {
    dev,
    trustProxy,
  });
  const door = openDoor(server, { endpoints: liveEndpoints, trustProxy, dev });
  const app: ReturnType<typeof next> = next({
    dev,
    dir: process.cwd(),
    port,
    httpServer: server,
    ...(host ? { hostname: host } : {}),
  });
  await app.prepare();

  await listen(server, port, host);
  const address = server.address();
  const shownPort = typeof address === 'object' && address ? address.port : port;
  console.log(`Roundtrip: http://${host ?? 'localhost'}:${shownPort}`);

  await stopped;
  await stop(server, door);
  await (globalThis as { [DATABASE]?: { close(): Promise<void> } })[DATABASE]?.close();
  process.exit(0);
}

function parsePort(text: string | undefined): number {
  const port = Number(text || 3000);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  return fail(`PORT must be a number from 0 to 65535, and is "${text}".`);
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') fail(`Port ${port} is taken. Set another: PORT=3001 npm start`);
      fail(`Cannot listen on port ${port}: ${error.message}`);
    });
    server.listen({ port, ...(host ? { host } : {}) }, resolve);
  });
}

/** The first SIGTERM or SIGINT. Later ones change nothing: a terminal and npm send one each. */
function onceStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
}

/**
 * Takes no new connection, tells WebSockets to go, lets the requests under way end, and cuts those that do not in
 * time.
 */
async function stop(server: Server, door: LiveDoor): Promise<void> {
  const deadline = setTimeout(() => server.closeAllConnections(), STOP_DEADLINE_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    // A kept-alive connection becomes idle when its answer has been sent.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    server.once('close', () => clearInterval(idle));
    void door.close();
    (globalThis as { [LIVE_STREAMS]?: { close(): void } })[LIVE_STREAMS]?.close();
  });
  clearTimeout(deadline);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
