import compression from 'compression';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import { peerAddress } from '../realtime/peer-address';
import { compressedFiles } from './compressed-files';
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
const HASHED = new RegExp(
  [
    String.raw`^/_next/static/.+$`,
    // esbuild's eight capitals for scripts, app/embed/build.mjs's ten hexadecimal digits for the style sheet.
    String.raw`^/embed/[^/]+\.(?:[0-9A-Z]{8}|[0-9a-f]{10})\.[a-z0-9]+$`,
    String.raw`^/(?:monaco|runner)/[0-9a-f]{12}/.+$`,
  ].join('|'),
);

const compressed = compressedFiles('.roundtrip/compressed');

/** The HTTP server around Next's handler: compression, security headers, and who the peer is. */
export function createHttpServer(handler: Handler, options: { dev: boolean; trustProxy: boolean }): Server {
  return createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const isHashed = !options.dev && HASHED.test(path);
    markPeer(request, options.trustProxy);
    atHead(response, (status) => {
      for (const [name, value] of Object.entries(securityHeaders(path, options.dev))) {
        if (!response.hasHeader(name)) response.setHeader(name, value);
      }
      // Not of an answer that there is no such file: after the next build there may be one.
      if (isHashed && status < 400) {
        response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      }
    });
    const answer = () => {
      handler(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    };
    compress(request as never, response as never, () => {
      if (isHashed) compressed(request, response as never, answer);
      else answer();
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

/** Runs `work` at the last moment before the head is sent, when the handler has set its own headers. */
function atHead(response: ServerResponse, work: (status: number) => void): void {
  const writeHead = response.writeHead;
  response.writeHead = function (this: ServerResponse, ...args: never[]) {
    work(typeof args[0] === 'number' ? args[0] : this.statusCode);
    return writeHead.apply(this, args as never);
  };
}
