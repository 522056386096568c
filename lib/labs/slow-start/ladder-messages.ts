import type { Text } from '@/lib/text';
import type { LadderMessage } from '@/lib/ui/sequence-ladder';
import type { Packet, SlowStartResult } from './run';

/** Up to so many segments get an arrow each where the line spreads them; of longer bursts the first and the last. */
const MAX_ARROWS = 48;

/**
 * The packets as arrows. Segments of a burst that leave in the same instant are strands of one arrow; where the
 * line's rate is counted each has its own.
 */
export function ladderMessages(result: SlowStartResult, t: Text): LadderMessage[] {
  const setup = result.packets.filter(({ kind }) => kind !== 'data');
  return [
    ...setup.map((packet) => messageOf(packet, t(`picture.packet.${packet.kind}`))),
    ...result.rounds.flatMap(({ round, segments }) => {
      const packets = result.packets.filter((packet) => packet.round === round);
      const first = packets[0];
      const last = packets.at(-1);
      if (!first || !last) return [];
      const label = t('picture.packet.burst', { segments });
      if (last.receivedMs === first.receivedMs) return [{ ...messageOf(first, label), strands: segments }];
      const drawn = result.segments <= MAX_ARROWS ? packets : [first, last];
      return drawn.map((packet, index) => messageOf(packet, index === 0 ? label : ''));
    }),
  ];
}

function messageOf(packet: Packet, label: string): LadderMessage {
  const { id, from, sentMs, receivedMs, kind } = packet;
  return {
    id,
    from,
    to: from === 'client' ? 'server' : 'client',
    sentMs,
    receivedMs,
    label,
    layer: kind === 'tls' ? 'security' : kind === 'request' ? 'http' : 'transport',
  };
}
