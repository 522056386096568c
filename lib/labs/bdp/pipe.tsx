import { useText } from '@/lib/text';
import { Sign } from '@/lib/ui/controls';
import { momentOf, type BdpResult } from './run';

/** The path at one moment: what waits before the line, what is on its way, and the answers coming back. */
export function Pipe({ result, rttMs, timeMs }: { result: BdpResult; rttMs: number; timeMs: number }) {
  const t = useText();
  const { queued, onTheWay, answered, busy } = momentOf(result, timeMs);
  const oneWayMs = rttMs / 2;
  const place = (ms: number) => Math.min(1, Math.max(0, ms / oneWayMs)) * 100;
  const data = result.parcels.filter(({ startsMs, arrivesMs }) => startsMs <= timeMs && timeMs < arrivesMs);
  const acks = result.parcels.filter(({ arrivesMs, ackedMs }) => arrivesMs <= timeMs && timeMs < ackedMs);
  const sender = !busy ? 'idle' : queued > 0 ? 'queued' : 'busy';
  return (
    <div
      className="bdp-pipe"
      role="img"
      aria-label={t('picture.pipe', {
        queued: Math.round(queued),
        onTheWay: Math.round(onTheWay),
        answered: Math.round(answered),
      })}
    >
      <div className="bdp-end" data-state={sender}>
        <span>{t('picture.sender')}</span>
        <span className="bdp-queue">
          <span style={{ height: `${(queued / result.usedBytes) * 100}%` }} />
        </span>
        <span className="bdp-state">{t(`picture.state.${sender}`)}</span>
      </div>
      <div className="bdp-lanes">
        <span className="bdp-lane-name">
          {t('picture.data')} <Sign of="forth" />
        </span>
        <div className="bdp-lane">
          {data.map(({ id, startsMs, endsMs }) => {
            const tail = place(timeMs - endsMs);
            return (
              <span
                key={id}
                className="bdp-parcel"
                style={{ left: `${tail}%`, width: `${place(timeMs - startsMs) - tail}%` }}
              />
            );
          })}
        </div>
        <div className="bdp-lane bdp-lane-back">
          {acks.map(({ id, arrivesMs }) => (
            <span key={id} className="bdp-ack" style={{ right: `${place(timeMs - arrivesMs)}%` }} />
          ))}
        </div>
        <span className="bdp-lane-name">
          <Sign of="back" /> {t('picture.acks')}
        </span>
      </div>
      <div className="bdp-end">
        <span>{t('picture.receiver')}</span>
      </div>
    </div>
  );
}
