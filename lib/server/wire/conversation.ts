import type { Socket } from 'node:net';
import { WIRE_DEADLINE_MS, WIRE_MAX_OCTETS, type WireAnswer, type WireChunk } from '@/lib/labs/wire';

/** So long a silence ends the wait for a part's answer; the peer is in this process, on the loopback. */
const PART_QUIET_MS = 40;
/** And this one, after the last part, the run. */
const END_QUIET_MS = 150;

type Ended = Pick<WireAnswer, 'closedBy' | 'closeReason'>;

/**
 * Says `parts` on a connection that stands, each after the answer to the one before, and listens until the peer
 * closes, falls quiet, says too much, or the time is over. Never rejects: what can go wrong is the answer.
 */
export function converse(
  socket: Socket,
  parts: readonly Uint8Array[],
  elapsedMs: () => number,
): Promise<Ended & { received: WireChunk[] }> {
  return new Promise((resolve) => {
    const received: WireChunk[] = [];
    const waiting = [...parts];
    let octets = 0;
    let quiet: NodeJS.Timeout | undefined;

    const end = (ended: Ended) => {
      clearTimeout(quiet);
      clearTimeout(deadline);
      resolve({ ...ended, received });
      socket.destroy();
    };
    const deadline = setTimeout(() => end({ closedBy: 'wire', closeReason: 'deadline' }), WIRE_DEADLINE_MS);
    const listen = () => {
      clearTimeout(quiet);
      quiet = setTimeout(next, waiting.length > 0 ? PART_QUIET_MS : END_QUIET_MS);
    };
    const next = () => {
      const part = waiting.shift();
      if (!part) return end({ closedBy: 'wire', closeReason: 'quiet' });
      socket.write(part);
      listen();
    };

    socket.on('data', (chunk: Buffer) => {
      const room = WIRE_MAX_OCTETS - octets;
      if (room > 0) received.push({ atMs: elapsedMs(), octets: Uint8Array.from(chunk.subarray(0, room)) });
      octets += chunk.length;
      if (chunk.length > room) end({ closedBy: 'wire', closeReason: 'limit' });
      else listen();
    });
    socket.on('end', () => end({ closedBy: 'peer', closeReason: 'fin' }));
    socket.on('error', () => end({ closedBy: 'peer', closeReason: 'reset' }));
    socket.on('close', () => end({ closedBy: 'peer', closeReason: 'fin' }));
    next();
  });
}
