import { randomInt } from 'node:crypto';
import type { RawData } from 'ws';
import { readToSignaling } from '@/lib/labs/live-peers/signaling-messages';
import type { LiveEndpoint } from '../realtime/endpoint';
import { createRooms } from './rooms';

const rooms = createRooms({ nowMs: () => performance.now(), randomBelow: (count) => randomInt(count) });

/** Passes signals between the two who know a room's code: for labs in which two browsers call each other. */
export const signaling: LiveEndpoint = {
  /** A description of a browser with all its codecs has about 8 kB. */
  maxMessageBytes: 32_768,
  messages: { burst: 120, perSecond: 20 },
  lifetimeMs: 30 * 60_000,
  connectionsPerAddress: 400,
  open(socket, { address }) {
    const visit = rooms.enter({
      address,
      send: (message) => socket.send(JSON.stringify(message), () => undefined),
    });
    socket.on('message', (data, isBinary) =>
      visit.receive(isBinary ? undefined : readToSignaling(textOf(data))),
    );
    socket.once('close', () => visit.leave());
  },
};

/** ws gives a message as one buffer or as its fragments. */
function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
