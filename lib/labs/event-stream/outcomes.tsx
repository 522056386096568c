import { useText } from '@/lib/text';
import type { StreamResult } from './run';
import { shown } from './source';

type Props = { result: StreamResult; moment: number };

/** What the page gets, and beside it what a reader without memory would have shown. */
export function Outcomes({ result, moment }: Props) {
  const t = useText();
  const chunk = result.moments[moment]?.chunk ?? -1;
  const events = result.events.filter((event) => event.moment <= moment);
  const atChunkEnd = result.moments[moment + 1]?.chunk !== chunk;
  const naive = result.naive.filter((line) => line.chunk < chunk || (atChunkEnd && line.chunk === chunk));
  return (
    <div className="event-stream-outcomes">
      <div role="group" aria-label={t('outcomes.parser')}>
        <p className="event-stream-heading">{t('outcomes.parser')}</p>
        {events.length === 0 && <p className="event-stream-empty">{t('outcomes.none')}</p>}
        <ol className="event-stream-events">
          {events.map(({ type, data, lastEventId, chunk: with_ }, n) => (
            <li key={n}>
              <span className="event-stream-type">{shown(type, 24)}</span>
              <pre>{data}</pre>
              <span className="event-stream-about">
                {t(lastEventId === '' ? 'outcomes.chunk' : 'outcomes.chunk-and-id', {
                  chunk: with_ + 1,
                  id: shown(lastEventId, 24),
                })}
              </span>
            </li>
          ))}
        </ol>
      </div>
      <div role="group" aria-label={t('outcomes.naive')}>
        <p className="event-stream-heading">{t('outcomes.naive')}</p>
        <p className="event-stream-about">{t('outcomes.naive-about')}</p>
        {naive.length === 0 && <p className="event-stream-empty">{t('outcomes.none')}</p>}
        <ol className="event-stream-events">
          {naive.map(({ data, chunk: with_ }, n) => (
            <li key={n}>
              <pre>{shown(data, 200)}</pre>
              <span className="event-stream-about">{t('outcomes.chunk', { chunk: with_ + 1 })}</span>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
