import type { ExchangePacket, ExchangeTrace } from '@/lib/protocols/tcp';
import { packetKind } from '@/lib/protocols/tcp';
import type { Text } from '@/lib/text';
import type { LadderMessage } from '@/lib/ui/sequence-ladder';

/** An arrow's id is its packet's name; that of a second copy has this behind it. */
const COPY = ' copy';

export const packetNameOf = (messageId: string): string =>
  messageId.endsWith(COPY) ? messageId.slice(0, -COPY.length) : messageId;
export const isCopy = (messageId: string): boolean => messageId.endsWith(COPY);

/** The packets as arrows: one a copy. An injected one has no sender here, so it is drawn as if on its way. */
export function exchangeMessages(
  trace: ExchangeTrace,
  t: Text,
  { delayMs, fromMs = 0 }: { delayMs: number; fromMs?: number },
): LadderMessage[] {
  return trace.packets
    .filter(({ sentAtMs, arrivedAtMs }) => sentAtMs >= fromMs || arrivedAtMs.some((ms) => ms >= fromMs))
    .flatMap((packet) => {
      const { from, to, name, injected } = packet;
      const sentMs = Math.max(0, (injected ? packet.sentAtMs - delayMs : packet.sentAtMs) - fromMs);
      const label = packetLabel(packet, t);
      const shared = { from, to, sentMs, label, layer: 'transport' as const };
      const tone = injected ? 'duplicate' : packet.isRepeat ? 'retransmission' : 'normal';
      if (packet.fate === 'lost') return [{ ...shared, id: name, receivedMs: null, tone: 'lost' as const }];
      // Under way when the run ended: it left, and nothing is known of its arrival.
      const [first = packet.sentAtMs + delayMs, second] = packet.arrivedAtMs;
      const messages: LadderMessage[] = [{ ...shared, id: name, receivedMs: first - fromMs, tone }];
      if (second !== undefined)
        messages.push({ ...shared, id: name + COPY, receivedMs: second - fromMs, tone: 'duplicate' });
      return messages;
    })
    .sort((a, b) => a.sentMs - b.sentMs);
}

/** What stands on the arrow: the flags, then the numbers that matter. */
function packetLabel({ segment }: ExchangePacket, t: Text): string {
  const kind = packetKind(segment);
  const octets = segment.data.length;
  const values = { seq: String(segment.seq), ack: String(segment.ack ?? ''), octets };
  const withData = octets > 0 && kind !== 'data' ? 'With' : '';
  return t(`labs.exchange-view.packet.${kind}${withData}`, values);
}

/** States for the lifelines, from `fromMs` on; what was passed through in no time at the start is left out. */
export function ladderStates(
  trace: ExchangeTrace,
  fromMs = 0,
): { actor: string; fromMs: number; state: string }[] {
  return trace.states
    .filter((interval) => interval.toMs > fromMs || interval.fromMs > fromMs)
    .map(({ endpoint, state, fromMs: since }) => ({
      actor: endpoint,
      fromMs: Math.max(0, since - fromMs),
      state,
    }));
}
