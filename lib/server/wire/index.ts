/** A learner's octets, said to a real peer of our own; see docs/decisions/0008. */
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { WireAnswer, WireEvent, WirePeer } from '@/lib/labs/wire';
import { AppError } from '../errors';
import { converse } from './conversation';
import { createHttp1Peer } from './http1-peer';
import { createHttp2Peer } from './http2-peer';
import type { CreatePeer } from './peer';
import { createWebSocketPeer } from './websocket-peer';

const peers: Record<WirePeer, CreatePeer> = {
  http1: createHttp1Peer,
  http2: createHttp2Peer,
  websocket: createWebSocketPeer,
};

const LOOPBACK = '127.0.0.1';
/** Runs under way at a time, of all learners. */
const MAX_RUNS = 64;
/** More than a run of 64 kB that says anything can bring about; against a flood of empty frames. */
const MAX_EVENTS = 400;

let runs = 0;

/**
 * Sends `parts` to a fresh server of the kind `peer` that nobody else can reach, over the loopback interface, and
 * answers what came back and what that server's API reported. The server and the connection are gone when it returns.
 * @throws AppError `wire.busy` when too many runs are under way
 */
export async function talkToPeer(peer: WirePeer, parts: readonly Uint8Array[]): Promise<WireAnswer> {
  if (runs >= MAX_RUNS) throw new AppError('wire.busy', { retryAfterS: 1 });
  runs += 1;
  try {
    return await run(peer, parts);
  } finally {
    runs -= 1;
  }
}

async function run(peer: WirePeer, parts: readonly Uint8Array[]): Promise<WireAnswer> {
  const understood: WireEvent[] = [];
  let startedMs = performance.now();
  const elapsedMs = () => Math.round((performance.now() - startedMs) * 10) / 10;
  let over = false;
  const server = peers[peer]((event) => {
    // What the peer notices of our hanging up is not what it understood.
    if (!over && understood.length < MAX_EVENTS) understood.push({ atMs: elapsedMs(), ...event });
  });
  const accepted: Socket[] = [];
  let ownPort: number | undefined;
  // Before the server's own listener: another process of this machine could have found the port.
  server.prependListener('connection', (socket) => {
    socket.on('error', () => undefined);
    accepted.push(socket);
    if (accepted.length > 1 || (ownPort !== undefined && socket.remotePort !== ownPort)) socket.destroy();
  });
  server.maxConnections = 1;
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  const client = connect({ host: LOOPBACK, port: (server.address() as AddressInfo).port, noDelay: true });
  try {
    await once(client, 'connect');
    ownPort = client.localPort;
    for (const socket of accepted) if (socket.remotePort !== ownPort) socket.destroy();
    startedMs = performance.now();
    const ended = await converse(client, parts, elapsedMs);
    // A peer that closed reports why once its own side is closed too.
    if (ended.closedBy === 'peer') await closedOrLate(accepted);
    return {
      peer,
      received: ended.received,
      understood,
      closedBy: ended.closedBy,
      closeReason: ended.closeReason,
    };
  } finally {
    over = true;
    client.destroy();
    for (const socket of accepted) socket.destroy();
    server.close();
  }
}

const LATE_MS = 50;

async function closedOrLate(sockets: readonly Socket[]): Promise<void> {
  const closed = sockets.filter(({ closed: isClosed }) => !isClosed).map((socket) => once(socket, 'close'));
  await Promise.race([Promise.all(closed), delay(LATE_MS)]).catch(() => undefined);
  await nextTurn();
}
