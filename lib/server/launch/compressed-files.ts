import { contentType } from 'mime-types';
import Negotiator from 'negotiator';
import { extname, resolve } from 'node:path';
import serveStatic from 'serve-static';

/**
 * Answers with what compress.mjs has compressed ahead, to who takes Brotli: no request then waits for a compressor,
 * and what is sent is smaller than one in a hurry makes it. Everything else goes on to `next`.
 */
export function compressedFiles(folder: string): serveStatic.RequestHandler<never> {
  const files = serveStatic(resolve(folder), {
    index: false,
    redirect: false,
    // Said by http-server.ts for all files of such names.
    cacheControl: false,
    setHeaders(response, path) {
      response.setHeader('content-encoding', 'br');
      response.setHeader(
        'content-type',
        contentType(extname(path.slice(0, -'.br'.length))) || 'application/octet-stream',
      );
    },
  });
  return (request, response, next) => {
    const { url = '/' } = request;
    if (!new Negotiator(request).encodings(['br']).includes('br')) return next();
    request.url = `${url.split('?', 1)[0]}.br`;
    files(request, response, () => {
      request.url = url;
      next();
    });
  };
}
