import type { IncomingMessage } from 'node:http';

/**
 * Who sent a request. Behind a proxy the connection is the proxy's; `trustProxy` says that there is one, and then the
 * last address of X-Forwarded-For, which the proxy added, counts.
 */
export function peerAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? String(request.headers['x-forwarded-for'] ?? '') : '';
  return forwarded.split(',').at(-1)?.trim() || (request.socket.remoteAddress ?? 'unknown');
}
