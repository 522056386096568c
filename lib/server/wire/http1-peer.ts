import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { codeOf, fieldsOf, type CreatePeer, type Report } from './peer';

/** Node's HTTP/1.1 server: it answers every request with 200 and a word. */
export const createHttp1Peer: CreatePeer = (report) => {
  const server = createServer((request, response) => {
    reportRequest(request, report);
    request.on('data', (octets: Buffer) => report({ type: 'body', octets: Uint8Array.from(octets) }));
    request.on('error', () => undefined);
    request.on('end', () => {
      const trailers = fieldsOf(request.rawTrailers);
      if (trailers.length > 0) report({ type: 'trailers', stream: 0, fields: trailers });
      response.sendDate = false;
      response.setHeader('content-type', 'text/plain');
      response.end('read\n');
    });
  });
  server.on('clientError', refuse(report));
  return server;
};

export function reportRequest(request: IncomingMessage, report: Report): void {
  report({
    type: 'request',
    method: request.method ?? '',
    target: request.url ?? '',
    version: request.httpVersion,
    fields: fieldsOf(request.rawHeaders),
  });
}

/** Answers what llhttp could not read as Node does when nobody listens. */
export function refuse(report: Report) {
  return (error: Error, socket: Duplex): void => {
    const code = codeOf(error);
    if (code === 'ECONNRESET') return;
    report({ type: 'error', code });
    const status = code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    else socket.destroy();
  };
}
