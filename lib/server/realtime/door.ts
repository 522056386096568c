import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { peerAddress } from './peer-address';
import type { LiveEndpoint } from './endpoint';
import { guardConnection } from './guard';

const MAX_CONNECTIONS = 4_000;
/** How long a peer may take to answer our Close. */
const CLOSE_DEADLINE_MS = 1_500;

export type LiveDoor = {
  /** Closes every connection with 1001, and cuts those that do not answer; nobody is let in after this. */
  close(): Promise<void>;
};

type Options = {
  endpoints: Readonly<Record<string, LiveEndpoint>>;
  trustProxy: boolean;
  /** Development: upgrades below `/_next/` are Next's own. */
  dev: boolean;
};

/** Lets WebSockets in at `/live/<name>`, and refuses every other upgrade that is not Next's. */
export function openDoor(server: Server, { endpoints, trustProxy, dev }: Options): LiveDoor {
  const sockets = new Set<WebSocket>();
  const perAddress = new Map<string, number>();
  let isClosed = false;
  const servers = new Map(
    Object.entries(endpoints).map(([name, { maxMessageBytes }]) => [
      name,
      new WebSocketServer({
        noServer: true,
        maxPayload: maxMessageBytes,
        // Windows kept from message to message would cost each connection a third of a megabyte.
        perMessageDeflate: { serverNoContextTakeover: true, clientNoContextTakeover: true, threshold: 1024 },
      }),
    ]),
  );

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (dev && url?.pathname.startsWith('/_next/')) return;
    socket.on('error', () => undefined);
    const name = /^\/live\/([a-z-]+)$/.exec(url?.pathname ?? '')?.[1] ?? '';
    const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
    const webSockets = servers.get(name);
    if (!url || !endpoint || !webSockets) return refuse(socket, '404 Not Found');
    if (!isOwnOrigin(request)) return refuse(socket, '403 Forbidden');
    const address = peerAddress(request, trustProxy);
    const key = `${name} ${address}`;
    const taken = perAddress.get(key) ?? 0;
    if (taken >= endpoint.connectionsPerAddress) return refuse(socket, '429 Too Many Requests');
    if (isClosed || sockets.size >= MAX_CONNECTIONS) return refuse(socket, '503 Service Unavailable');

    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      sockets.add(webSocket);
      perAddress.set(key, taken + 1);
      webSocket.once('close', () => {
        sockets.delete(webSocket);
        const left = (perAddress.get(key) ?? 1) - 1;
        if (left > 0) perAddress.set(key, left);
        else perAddress.delete(key);
      });
      guardConnection(webSocket, endpoint);
      endpoint.open(webSocket, { address, query: url.searchParams });
    });
  };
  server.on('upgrade', onUpgrade);

  return {
    close: async () => {
      isClosed = true;
      const gone = Array.from(sockets, (socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of sockets) socket.close(1001, 'the server is stopping');
      const deadline = setTimeout(() => {
        for (const socket of sockets) socket.terminate();
      }, CLOSE_DEADLINE_MS);
      await Promise.all(gone);
      clearTimeout(deadline);
    },
  };
}

/**
 * A WebSocket is not held to its own origin by the browser: the server must ask (RFC 6455 §10.2). Our own pages, and
 * `null`, which is what a lab in a sandboxed embed has for an origin; anyone can have that, so nothing behind this
 * door knows a learner. Programs that send no origin carry nobody's cookie.
 */
function isOwnOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origin === 'null') return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
