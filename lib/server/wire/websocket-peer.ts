import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { WIRE_MAX_OCTETS, WIRE_SUBPROTOCOLS } from '@/lib/labs/wire';
import { refuse, reportRequest } from './http1-peer';
import { codeOf, type CreatePeer, type Report } from './peer';

/** The package ws behind Node's HTTP/1.1 server: it takes upgrades at any path and echoes messages. */
export const createWebSocketPeer: CreatePeer = (report) => {
  const server = createServer((request, response) => {
    reportRequest(request, report);
    request.resume();
    response.sendDate = false;
    response.writeHead(426, { connection: 'close', upgrade: 'websocket' }).end();
  });
  server.on('clientError', refuse(report));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: WIRE_MAX_OCTETS,
    perMessageDeflate: { threshold: 0 },
    handleProtocols: (offered) => [...offered].find((name) => WIRE_SUBPROTOCOLS.includes(name)) ?? false,
  });
  server.on('upgrade', (request, socket, head) => {
    reportRequest(request, report);
    socket.on('error', () => undefined);
    sockets.handleUpgrade(request, socket, head, (webSocket) => listen(webSocket, report));
  });
  return server;
};

function listen(socket: WebSocket, report: Report): void {
  report({ type: 'open', protocol: socket.protocol, extensions: socket.extensions });
  socket.binaryType = 'nodebuffer';
  socket.on('message', (data: Buffer, binary) => {
    report({ type: 'message', binary, octets: Uint8Array.from(data) });
    socket.send(data, { binary }, () => undefined);
  });
  socket.on('ping', (data) => report({ type: 'ping', octets: Uint8Array.from(data) }));
  socket.on('pong', (data) => report({ type: 'pong', octets: Uint8Array.from(data) }));
  socket.on('close', (code, reason) => {
    // 1006 is what ws says of a connection cut without a Close frame: by the end of the run, mostly.
    if (code !== 1006) report({ type: 'close', code, reason: reason.toString('utf8') });
  });
  socket.on('error', (error) => report({ type: 'error', code: codeOf(error) }));
}
