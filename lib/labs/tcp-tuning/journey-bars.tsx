import { useText } from '@/lib/text';
import type { Journey } from './journey';
import type { TcpTuningResult } from './run';

/** The user's waiting time before and now, leg by leg, on one scale. */
export function JourneyBars({ result, legsShown }: { result: TcpTuningResult; legsShown: number }) {
  const t = useText();
  const longestMs = Math.max(result.before.totalMs, result.now.totalMs);
  return (
    <div className="tuning-journeys">
      <JourneyBar
        name={t('journey.before')}
        journey={result.before}
        longestMs={longestMs}
        legsShown={Infinity}
      />
      <JourneyBar name={t('journey.now')} journey={result.now} longestMs={longestMs} legsShown={legsShown} />
      <ul className="tuning-key">
        {(['setup', 'document', 'code', 'media', 'click'] as const).map((id) => (
          <li key={id}>
            <span className={`tuning-swatch tuning-${id}`} aria-hidden="true" /> {t(`journey.key.${id}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function JourneyBar(props: { name: string; journey: Journey; longestMs: number; legsShown: number }) {
  const { name, journey, longestMs, legsShown } = props;
  const t = useText();
  const width = (ms: number) => `${(ms / longestMs) * 100}%`;
  return (
    <div>
      <p className="tuning-journey-name">
        <b>{name}</b>
        <span>{t('journey.page', { ms: journey.pageMs })}</span>
        <span>{t('journey.click', { ms: journey.clickMs })}</span>
      </p>
      <div
        className="tuning-bar"
        role="img"
        aria-label={t('journey.label', {
          name,
          pageMs: Math.round(journey.pageMs),
          clickMs: Math.round(journey.clickMs),
        })}
      >
        {journey.legs
          .slice(0, legsShown)
          .flatMap(({ id, setupMs, transferMs }) => [
            <span key={`${id}-setup`} className="tuning-setup" style={{ width: width(setupMs) }} />,
            <span key={id} className={`tuning-${id}`} style={{ width: width(transferMs) }} />,
          ])}
      </div>
    </div>
  );
}
