import type { Text } from '@/lib/text';
import type { LadderMessage } from '@/lib/ui/sequence-ladder';
import type { WindowPacket, WindowResult } from './run';

/** Arrows that are legible at once; of a longer run, those before the moment that is shown. */
export const MAX_ARROWS = 20;

/** Packets as arrows: those of one kind that leave an end together are strands of one. */
export function ladderMessages(result: WindowResult, t: Text): LadderMessage[] {
  const messages: LadderMessage[] = [];
  let group: WindowPacket[] = [];
  const flush = () => {
    const message = messageOf(group, t, result.lostUpdate);
    if (message) messages.push(message);
    group = [];
  };
  for (const packet of result.packets) {
    const last = group.at(-1);
    if (last && !travelsWith(last, packet)) flush();
    group.push(packet);
  }
  flush();
  return messages;
}

/** The last MAX_ARROWS that have left by `nowMs`; at rest, the last of all. */
export function messagesAround(
  messages: readonly LadderMessage[],
  nowMs: number | undefined,
): readonly LadderMessage[] {
  if (messages.length <= MAX_ARROWS) return messages;
  const left =
    nowMs === undefined ? messages.length : messages.filter(({ sentMs }) => sentMs <= nowMs).length;
  const start = Math.max(0, left - MAX_ARROWS);
  return messages.slice(start, start + MAX_ARROWS);
}

const travelsWith = (a: WindowPacket, b: WindowPacket): boolean =>
  a.from === b.from &&
  a.sentMs === b.sentMs &&
  a.arrivedMs === b.arrivedMs &&
  a.lost === b.lost &&
  !b.isProbe;

function messageOf(
  group: readonly WindowPacket[],
  t: Text,
  lostUpdate: string | undefined,
): LadderMessage | undefined {
  const first = group[0];
  const last = group.at(-1);
  if (!first || !last) return undefined;
  const isData = first.from === 'sender';
  const octets = group.reduce((sum, { start, end }) => sum + end - start, 0);
  const { ack, windowBytes } = last;
  const values = {
    segments: group.length,
    octets,
    from: first.start,
    to: last.end,
    ack,
    window: windowBytes,
  };
  const kind = first.isProbe ? 'probe' : isData ? 'data' : first.name === lostUpdate ? 'update' : 'ack';
  return {
    id: first.name,
    from: first.from,
    to: isData ? 'receiver' : 'sender',
    sentMs: first.sentMs,
    receivedMs: first.lost ? null : (first.arrivedMs ?? first.sentMs),
    label: t(`picture.packet.${kind}`, values),
    detail: t(`picture.detail.${kind}`, values),
    layer: 'transport',
    ...(first.lost ? { tone: 'lost' } : first.isRepeat ? { tone: 'retransmission' } : {}),
    strands: group.length,
  };
}
