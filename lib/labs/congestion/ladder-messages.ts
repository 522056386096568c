import type { TcpEvent } from '@/lib/protocols/tcp';
import type { Text } from '@/lib/text';
import type { LadderMessage } from '@/lib/ui/sequence-ladder';
import type { FlowResult } from './run';

/** Arrows that are drawn at most: the stretch around the first loss. */
const MAX_ARROWS = 72;

/** Segments and ACKs of a short transfer as arrows, around its first loss if there is one. */
export function ladderMessages(flow: FlowResult, t: Text): { messages: LadderMessage[]; isPart: boolean } {
  const all = arrowsOf(flow, t);
  if (all.length <= MAX_ARROWS) return { messages: all, isPart: false };
  const lost = flow.events.find(({ type }) => type === 'dropped');
  const fromMs = lost === undefined ? 0 : lost.timeMs - flow.rttMs;
  const first = all.findIndex(({ sentMs }) => sentMs >= fromMs);
  const start = Math.min(first, all.length - MAX_ARROWS);
  return { messages: all.slice(start, start + MAX_ARROWS), isPart: true };
}

function arrowsOf({ events, rttMs }: FlowResult, t: Text): LadderMessage[] {
  const arrows: LadderMessage[] = [];
  let acked = 1;
  events.forEach((event, index) => {
    const { type, timeMs, segment = 0, ack } = event;
    if (type === 'sent' || type === 'retransmitted') {
      const receivedMs = event.arrivesMs ?? null;
      arrows.push({
        id: `${type}-${segment}-${index}`,
        from: 'sender',
        to: 'receiver',
        sentMs: timeMs,
        receivedMs,
        label: t('ladder.segment', { segment }),
        detail: t(detailKeyOf(event), { segment, cwnd: Math.floor(event.cwndBytes / 146) / 10 }),
        layer: 'transport',
        tone: receivedMs === null ? 'lost' : type === 'sent' ? 'normal' : 'retransmission',
      });
    }
    if (type === 'received' && ack !== undefined) {
      const isDuplicate = ack === acked;
      acked = ack;
      arrows.push({
        id: `ack-${ack}-${index}`,
        from: 'receiver',
        to: 'sender',
        sentMs: timeMs,
        receivedMs: timeMs + rttMs / 2,
        label: t('ladder.ack', { ack }),
        detail: t(isDuplicate ? 'ladder.duplicateDetail' : 'ladder.ackDetail', { ack, segment }),
        layer: 'transport',
        tone: isDuplicate ? 'duplicate' : 'normal',
      });
    }
  });
  return arrows.sort((a, b) => a.sentMs - b.sentMs);
}

function detailKeyOf({ type, arrivesMs }: TcpEvent): string {
  if (arrivesMs === undefined) return 'ladder.lostDetail';
  return type === 'sent' ? 'ladder.sentDetail' : 'ladder.resentDetail';
}

/** Which segment an arrow carries; undefined for an ACK. */
export function segmentOfArrow(id: string): number | undefined {
  const match = /^(?:sent|retransmitted)-(\d+)-/.exec(id);
  return match ? Number(match[1]) : undefined;
}
