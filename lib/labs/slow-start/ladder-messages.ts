import type { Text } from '@/lib/text';
import type { LadderMessage } from '@/lib/ui/sequence-ladder';
import type { Packet, SlowStartResult } from './run';

/** Up to so many segments get an arrow each; of longer responses each burst has its first and its last. */
const MAX_ARROWS = 48;

/** The packets as arrows. The label stands at the first of a burst only, for all of it. */
export function ladderMessages(result: SlowStartResult, t: Text): LadderMessage[] {
  const drawn = result.packets.filter((packet) => isDrawn(packet, result));
  const labelled = new Set<number>();
  return drawn.map((packet) => {
    const first = packet.round !== undefined && !labelled.has(packet.round);
    if (packet.round !== undefined) labelled.add(packet.round);
    return {
      id: packet.id,
      from: packet.from,
      to: packet.from === 'client' ? 'server' : 'client',
      sentMs: packet.sentMs,
      receivedMs: packet.receivedMs,
      label: labelOf(packet, first, result, t),
      layer: layerOf(packet),
    };
  });
}

function isDrawn(packet: Packet, { segments, rounds }: SlowStartResult): boolean {
  if (packet.round === undefined || segments <= MAX_ARROWS) return true;
  const before = rounds.slice(0, packet.round - 1).reduce((sum, round) => sum + round.segments, 0);
  const inRound = (packet.segment ?? 0) - before;
  return inRound === 1 || inRound === rounds[packet.round - 1]?.segments;
}

function labelOf(packet: Packet, first: boolean, { rounds }: SlowStartResult, t: Text): string {
  if (packet.round === undefined) return t(`picture.packet.${packet.kind}`);
  if (!first) return '';
  return t('picture.packet.burst', { segments: rounds[packet.round - 1]?.segments ?? 0 });
}

function layerOf({ kind }: Packet): LadderMessage['layer'] {
  if (kind === 'tls') return 'security';
  return kind === 'request' ? 'http' : 'transport';
}
