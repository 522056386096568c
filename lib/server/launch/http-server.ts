import compression from 'compression';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import { peerAddress } from '../realtime/peer-address';
import { securityHeaders } from './security-headers';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const compress = compression({
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  // A compressor would hold events back until it has a block full of them.
  filter: (request, response) =>
    !String(response.getHeader('content-type')).startsWith('text/event-stream') &&
    compression.filter(request, response),
});

/** File names that bundlers make from the content: what is behind such an address never changes. */
const HASHED = /^\/(?:embed\/[^/]*\.[0-9a-f]{10}\.[a-z0-9]+|(?:monaco|runner)\/[0-9a-f]{12}\/.+)$/;

/** The HTTP server around Next's handler: compression, security headers, and who the peer is. */
export function createHttpServer(handler: Handler, options: { dev: boolean; trustProxy: boolean }): Server {
  return createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    markPeer(request, options.trustProxy);
    setMissingAtHead(response, {
      ...securityHeaders(path, options.dev),
      ...(HASHED.test(path) ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}),
    });
    compress(request as never, response as never, () => {
      handler(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
  });
}

/**
 * Puts the peer's address and scheme where the handlers look (lib/server/rate-limit, lib/server/learners), over
 * whatever the client put there. `ROUNDTRIP_TRUST_PROXY=1` says that there is a proxy.
 */
function markPeer(request: IncomingMessage, trustProxy: boolean): void {
  const https = trustProxy && request.headers['x-forwarded-proto'] === 'https';
  request.headers['x-roundtrip-address'] = peerAddress(request, trustProxy);
  request.headers['x-roundtrip-scheme'] = https ? 'https' : 'http';
}

/** Sets headers at the last moment, where the handler has not set its own. */
function setMissingAtHead(response: ServerResponse, headers: Record<string, string>): void {
  const writeHead = response.writeHead;
  response.writeHead = function (this: ServerResponse, ...args: never[]) {
    for (const [name, value] of Object.entries(headers)) {
      const overrides = name === 'cache-control' && response.statusCode === 200;
      if (overrides || !response.hasHeader(name)) response.setHeader(name, value);
    }
    return writeHead.apply(this, args as never);
  };
}
