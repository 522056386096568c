import { useText } from '@/lib/text';
import { niceStep, ticksBetween } from '@/lib/ui/nice-step';
import { busyStretches, type BdpResult } from './run';

/** A gap narrower than this share of the strip has no room for its words. */
const LABELLED_GAP = 0.22;

/** The line over time: where it carries something, and the gaps in which it could have. */
export function LineStrip({ result, timeMs }: { result: BdpResult; timeMs: number }) {
  const t = useText();
  const { endMs } = result;
  const stretches = busyStretches(result, endMs);
  const percent = (ms: number) => (ms / endMs) * 100;
  const gaps = stretches
    .slice(1)
    .map(({ fromMs }, index) => ({ fromMs: stretches[index]?.toMs ?? 0, toMs: fromMs }));
  return (
    <div className="bdp-strip">
      <p className="bdp-caption">{t('strip.title')}</p>
      <div
        className="bdp-strip-line"
        role="img"
        aria-label={t('strip.summary', { stretches: stretches.length, idleMs: tenths(result.idleMs) })}
      >
        {stretches.map(({ fromMs, toMs }) => (
          <span
            key={fromMs}
            className="bdp-parcel"
            data-ahead={fromMs > timeMs}
            style={{ left: `${percent(fromMs)}%`, width: `${percent(toMs - fromMs)}%` }}
          />
        ))}
        {gaps
          .filter(({ fromMs, toMs }) => (toMs - fromMs) / endMs > LABELLED_GAP && fromMs <= timeMs)
          .map(({ fromMs, toMs }) => (
            <span
              key={fromMs}
              className="bdp-gap"
              style={{ left: `${percent(fromMs)}%`, width: `${percent(toMs - fromMs)}%` }}
            >
              {t('strip.gap', { ms: tenths(toMs - fromMs) })}
            </span>
          ))}
        {timeMs < endMs && <span className="bdp-now" style={{ left: `${percent(timeMs)}%` }} />}
      </div>
      <div className="bdp-axis" aria-hidden="true">
        {ticksBetween(0, endMs * 0.85, niceStep(endMs / 4)).map((tick) => (
          <span key={tick} style={{ left: `${percent(tick)}%` }}>
            {t('strip.tick', { ms: tick })}
          </span>
        ))}
      </div>
    </div>
  );
}

const tenths = (value: number) => Math.round(value * 10) / 10;
