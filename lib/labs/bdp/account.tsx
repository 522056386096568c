import { useText } from '@/lib/text';
import { momentOf, type BdpResult } from './run';

/** Where the octets of the window are at a moment, measured against what the pipe holds. */
export function Account({ result, timeMs }: { result: BdpResult; timeMs: number }) {
  const t = useText();
  const { queued, onTheWay, answered, unacknowledged } = momentOf(result, timeMs);
  const scale = Math.max(result.bdpBytes, result.windowBytes) * 1.04;
  const share = (octets: number) => `${Math.min(100, (octets / scale) * 100)}%`;
  const parts = [
    { id: 'queued', octets: queued },
    { id: 'onTheWay', octets: onTheWay },
    { id: 'answered', octets: answered },
    { id: 'free', octets: Math.max(0, result.windowBytes - unacknowledged) },
  ] as const;
  const bdpShare = (result.bdpBytes / scale) * 100;
  return (
    <div className="bdp-account">
      <p className="bdp-caption">{t('account.title', { window: result.windowBytes })}</p>
      <div className="bdp-account-bar" aria-hidden="true">
        {parts.map(({ id, octets }) => (
          <span key={id} className={`bdp-part-${id}`} style={{ width: share(octets) }} />
        ))}
        <span className="bdp-mark" style={{ left: `${bdpShare}%` }} />
      </div>
      <p
        className="bdp-mark-label"
        style={
          bdpShare > 50 ? { textAlign: 'end', width: `${bdpShare}%` } : { marginInlineStart: `${bdpShare}%` }
        }
      >
        {t('account.bdp', { bdp: Math.round(result.bdpBytes) })}
      </p>
      <ul className="bdp-key">
        {parts.map(({ id, octets }) => (
          <li key={id}>
            <span className={`bdp-swatch bdp-part-${id}`} aria-hidden="true" />
            {t(`account.${id}`)} <b>{t('account.bytes', { bytes: Math.round(octets) })}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
