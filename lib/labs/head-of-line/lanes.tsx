import { useText } from '@/lib/text';
import { niceStep, ticksBetween } from '@/lib/ui/nice-step';
import type { HeadOfLineResult, SegmentFate } from './run';

const tenths = (value: number) => Math.round(value * 10) / 10;

/** A lane a message: when its segments came to the host, and when the application got it. */
export function Lanes({ result, timeMs }: { result: HeadOfLineResult; timeMs: number }) {
  const t = useText();
  const endMs = result.endMs * 1.02;
  const left = (ms: number) => `${(ms / endMs) * 100}%`;
  return (
    <div className="hol-lanes">
      {result.messages.map(({ message, completeMs, deliveredMs }) => {
        const waitsUntil = Math.min(deliveredMs, timeMs);
        return (
          <div
            key={message}
            className="hol-lane"
            role="img"
            aria-label={t('picture.lane', {
              message,
              completeMs: tenths(completeMs),
              deliveredMs: tenths(deliveredMs),
            })}
          >
            <span className="hol-name" aria-hidden="true">
              {t('picture.message', { message })}
            </span>
            <span className="hol-track" aria-hidden="true">
              {completeMs < waitsUntil && (
                <span
                  className="hol-wait"
                  style={{ left: left(completeMs), width: left(waitsUntil - completeMs) }}
                />
              )}
              {result.segments
                .filter((segment) => segment.message === message)
                .map((segment) => (
                  <SegmentMarks key={segment.segment} {...{ segment, timeMs, left }} />
                ))}
              {completeMs < deliveredMs && completeMs <= timeMs && (
                <span className="hol-could" style={{ left: left(completeMs) }} />
              )}
              {deliveredMs <= timeMs && <span className="hol-read" style={{ left: left(deliveredMs) }} />}
            </span>
          </div>
        );
      })}
      <div className="hol-axis" aria-hidden="true">
        <span />
        <span>
          {ticksBetween(0, endMs * 0.88, niceStep(endMs / 4)).map((tick) => (
            <span key={tick} style={{ left: left(tick) }}>
              {t('picture.tick', { ms: tick })}
            </span>
          ))}
        </span>
      </div>
      <ul className="hol-key">
        {(['came', 'lost', 'again', 'read', 'wait', 'could'] as const).map((id) => (
          <li key={id}>
            <span className={`hol-${id}`} aria-hidden="true" /> {t(`picture.key.${id}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function SegmentMarks(props: { segment: SegmentFate; timeMs: number; left: (ms: number) => string }) {
  const { segment, timeMs, left } = props;
  const { missedMs, arrivedMs, losses } = segment;
  return (
    <>
      {missedMs !== undefined && missedMs <= timeMs && (
        <span className="hol-lost" style={{ left: left(missedMs) }} />
      )}
      {arrivedMs <= timeMs && (
        <span className={losses > 0 ? 'hol-again' : 'hol-came'} style={{ left: left(arrivedMs) }} />
      )}
    </>
  );
}
