import type { FloodTrace } from '@/lib/protocols/tcp';
import { packetKind } from '@/lib/protocols/tcp';
import { useText } from '@/lib/text';
import { SequenceLadder, type LadderMessage } from '@/lib/ui/sequence-ladder';
import type { HandshakeParams } from './lab';
import type { FloodStep } from './steps';

type Props = {
  flood: FloodTrace;
  steps: readonly FloodStep[];
  at: number;
  params: Pick<HandshakeParams, 'backlog' | 'delayMs'>;
};

/** So many strands of the flood are drawn; the label says how many there are. */
const MAX_STRANDS = 14;

/** The flood and the honest client on one ladder, and beside it the server's memory, place by place. */
export function FloodPicture({ flood, steps, at, params }: Props) {
  const t = useText();
  const step = steps[at];
  const isEnd = at >= steps.length - 1;
  const nowMs = isEnd ? undefined : step?.timeMs;
  const { remembered, withCookie, dropped, atMs } = flood.flood;
  const syns = remembered + withCookie + dropped;
  const answered = remembered + withCookie;
  const messages: LadderMessage[] = [];
  const burst = (
    id: string,
    from: string,
    to: string,
    sentMs: number,
    receivedMs: number | null,
    count: number,
  ) =>
    messages.push({
      id,
      from,
      to,
      sentMs,
      receivedMs,
      label: t(`flood.${id}`, { count }),
      layer: 'transport',
      strands: Math.min(MAX_STRANDS, count),
    });
  if (syns > 0) burst('syns', 'flood', 'server', atMs - params.delayMs, atMs, syns);
  if (answered > 0) burst('answers', 'server', 'flood', atMs, null, answered);
  for (const [index, packet] of flood.packets.entries()) {
    const { segment } = packet;
    const values = { seq: String(segment.seq), ack: String(segment.ack ?? ''), octets: 0 };
    const isRepeat = index > 0 && packet.from === 'client' && packetKind(segment) === 'SYN';
    messages.push({
      id: `client ${index}`,
      from: packet.from,
      to: packet.to,
      sentMs: packet.sentAtMs,
      receivedMs: packet.arrivesAtMs,
      label: t(`labs.exchange-view.packet.${packetKind(segment)}`, values),
      layer: 'transport',
      tone: isRepeat ? 'retransmission' : 'normal',
    });
  }
  const untilMs = nowMs ?? Number.POSITIVE_INFINITY;
  const shown = isEnd
    ? Math.max(...flood.occupancy.map(({ halfOpen }) => halfOpen))
    : (flood.occupancy.findLast(({ timeMs }) => timeMs <= untilMs)?.halfOpen ?? 0);
  return (
    <div className="screen exchange-picture">
      <div className="exchange-main">
        <SequenceLadder
          label={t('flood.ladder')}
          actors={[
            { id: 'flood', label: t('flood.attacker') },
            { id: 'server', label: t('labs.exchange-view.labels.server') },
            { id: 'client', label: t('labs.exchange-view.labels.client') },
          ]}
          messages={messages}
          nowMs={nowMs}
          fromMs={0}
          compressGapsOverMs={Math.max(250, params.delayMs * 6)}
          listHidden
        />
        <div className="exchange-side">
          <div className="exchange-ruling">
            <p className="exchange-ruling-lead">
              {t(step?.ref ? 'labs.exchange-view.picture.rule' : 'labs.exchange-view.picture.noRule')}
              {step?.ref && <cite>{step.ref}</cite>}
            </p>
            <p>{step ? t(step.text) : ''}</p>
          </div>
          <Backlog size={params.backlog} used={shown} isPeak={isEnd} />
        </div>
      </div>
    </div>
  );
}

/** The half-open connections that the server remembers: one box a place. */
function Backlog({ size, used, isPeak }: { size: number; used: number; isPeak: boolean }) {
  const t = useText();
  return (
    <figure className="handshake-backlog">
      <figcaption>{t(isPeak ? 'flood.backlogPeak' : 'flood.backlog', { used, size })}</figcaption>
      <div className="handshake-places" aria-hidden="true">
        {Array.from({ length: size }, (_, place) => (
          <span key={place} data-used={place < used} />
        ))}
      </div>
    </figure>
  );
}
