import type { Direction } from './frames';

/** Who opened a stream and which ways it goes: its id's last two bits (RFC 9000 §2.1). */
export function streamKindOf(streamId: bigint): { initiator: 'client' | 'server'; direction: Direction } {
  return {
    initiator: (streamId & 1n) === 0n ? 'client' : 'server',
    direction: (streamId & 2n) === 0n ? 'bidirectional' : 'unidirectional',
  };
}

/** The id of the n-th stream of a kind, from 0 (RFC 9000 §2.1). */
export function streamIdOf(initiator: 'client' | 'server', direction: Direction, n: bigint): bigint {
  return n * 4n + (initiator === 'client' ? 0n : 1n) + (direction === 'bidirectional' ? 0n : 2n);
}
