import { createServer, sensitiveHeaders, type ServerHttp2Stream } from 'node:http2';
import { codeOf, fieldsOf, type CreatePeer, type Report } from './peer';

/** Node's HTTP/2 server, which is nghttp2, without TLS: it answers every request with 200 and a word. */
export const createHttp2Peer: CreatePeer = (report) => {
  const server = createServer({ maxSessionMemory: 1, settings: { enablePush: false } });
  server.on('session', (session) => {
    session.on('remoteSettings', ({ customSettings: _, ...settings }) =>
      report({ type: 'settings', settings: settings as Record<string, number | boolean> }),
    );
    session.on('ping', (octets: Buffer) => report({ type: 'ping', octets: Uint8Array.from(octets) }));
    session.on('goaway', (code: number, lastStream: number) => report({ type: 'goaway', code, lastStream }));
    session.on('error', (error: Error) => report({ type: 'error', code: codeOf(error) }));
  });
  // Without a listener the session's error would be thrown.
  server.on('sessionError', () => undefined);
  server.on('stream', (stream: ServerHttp2Stream, headers: Headers, flags: number, raw: string[]) => {
    report({
      type: 'headers',
      stream: stream.id ?? 0,
      fields: fieldsOf(raw, headers[sensitiveHeaders]),
      endStream: (flags & END_STREAM) !== 0,
    });
    answer(stream, report);
  });
  return server;
};

const END_STREAM = 0x1;

/** Beside the fields, the names of those that came as never indexed (RFC 7541 §6.2.3). */
type Headers = { readonly [sensitiveHeaders]?: readonly string[] };

function answer(stream: ServerHttp2Stream, report: Report): void {
  const id = stream.id ?? 0;
  stream.on('error', () => undefined);
  stream.on('trailers', (_trailers, _flags, raw?: string[]) => {
    report({ type: 'trailers', stream: id, fields: fieldsOf(raw ?? []) });
  });
  stream.on('data', (octets: Buffer) =>
    report({ type: 'body', stream: id, octets: Uint8Array.from(octets) }),
  );
  stream.on('end', () => {
    if (stream.destroyed || stream.headersSent) return;
    stream.respond({ ':status': 200, 'content-type': 'text/plain' });
    stream.end('read\n');
  });
  stream.on('close', () => {
    const code = stream.rstCode as number | undefined;
    if (code) report({ type: 'stream-reset', stream: id, code });
  });
}
