import { useText } from '@/lib/text';
import { Disclosure } from '@/lib/ui/controls';
import type { Step } from '../define-lab';

/** Steps written out at most; a longer run is read in the transport, one by one. */
const MAX_LINES = 400;

/** The run in words: the same steps as the picture, for reading or for listening. */
export function Reading(props: { steps: readonly Step[]; at: number; setAt: (step: number) => void }) {
  const t = useText();
  return (
    <Disclosure summary={t('labFrame.reading.title')}>
      <ol className="lab-reading">
        {props.steps.slice(0, MAX_LINES).map((step, index) => (
          <li key={index} aria-current={index === props.at ? 'step' : undefined}>
            {step.timeMs !== undefined && (
              <span className="lab-reading-time">
                {t('labFrame.reading.time', { timeMs: round(step.timeMs) })}
              </span>
            )}
            <span>{t(step.text)}</span>
          </li>
        ))}
      </ol>
      {props.steps.length > MAX_LINES && (
        <p>{t('labFrame.reading.more', { count: props.steps.length - MAX_LINES })}</p>
      )}
    </Disclosure>
  );
}

function round(timeMs: number): number {
  return Math.round(timeMs * 10) / 10;
}
