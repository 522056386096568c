import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { origin } from './browser';

export type SlowLine = {
  /** Answers as the server under test does. */
  origin: string;
  /** Into how many pieces the last page was cut. */
  pieces: number;
  close(): void;
};

/**
 * A line on which a page's HTML comes in pieces with a pause after each, long enough to be painted; all else comes at
 * once. `cutsIn` says where: indices in ascending order.
 */
export async function startSlowLine(
  cutsIn: (html: string) => readonly number[],
  pauseMs: number,
): Promise<SlowLine> {
  const server = createServer((request, response) => {
    const headers = { ...request.headers, 'accept-encoding': 'identity', host: new URL(origin).host };
    if (headers.origin) headers.origin = origin;
    const { method, url: path } = request;
    const onward = ask(origin, { ...(method && { method }), ...(path && { path }), headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      if (!answer.headers['content-type']?.includes('text/html')) return void answer.pipe(response);
      void text(answer).then(async (html) => {
        const cuts = [0, ...cutsIn(html), html.length];
        line.pieces = cuts.length - 1;
        for (const [i, end] of cuts.slice(1).entries()) {
          if (i > 0) await sleep(pauseMs);
          response.write(html.slice(cuts[i], end));
        }
        response.end();
      });
    });
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const line = { origin: `http://127.0.0.1:${port}`, pieces: 0, close: () => void server.close() };
  return line;
}
