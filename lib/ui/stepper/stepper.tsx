'use client';
import { useText } from '@/lib/text';
import { Button } from '../controls/button';
import { rangeInputClass } from '../controls/slider';
import { formatNumber } from '../number-format';

/**
 * Run, pause, step, scrub, reset. It keeps no time: who holds `playing` moves `at`.
 * `label(at)` says a position in words (the step's text); it becomes the scrubber's aria-valuetext and the
 * line below.
 */
export type StepperProps = {
  /** Positions, at least 1. */
  count: number;
  /** The position shown, from 0. */
  at: number;
  setAt(step: number): void;
  label(at: number): string;
  playing?: boolean;
  /** Without it there is no run button. */
  onPlayPause?: () => void;
  /** To the start; `setAt(0)` unless given. */
  onReset?: () => void;
  /** The clock of the position shown. */
  timeMs?: number | undefined;
  /** Times real speed; with `onSpeed` a menu. */
  speed?: number;
  speeds?: readonly number[];
  onSpeed?: (speed: number) => void;
};

const icons = {
  run: 'M4 2l10 6-10 6z',
  pause: 'M3 2h4v12H3zM9 2h4v12H9z',
  back: 'M12 2v12L5 8zM3 2h2v12H3z',
  forward: 'M4 2v12l7-6zM11 2h2v12h-2z',
  reset: 'M8 3a5 5 0 1 1-4.6 3H1.6L4.5 2.4 7.4 6H5.6A3 3 0 1 0 8 5z',
};

function Icon({ name }: { name: keyof typeof icons }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4 fill-current">
      <path d={icons[name]} />
    </svg>
  );
}

export function Stepper(props: StepperProps) {
  const { count, at, setAt, label, playing = false, onPlayPause, timeMs, speed = 1, onSpeed } = props;
  const t = useText();
  const last = Math.max(0, count - 1);
  const text = label(at);
  return (
    <div role="group" aria-label={t('visualiser.stepper.group')} className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="flex">
          {onPlayPause ? (
            <Button tone="primary" className="mr-2" onClick={onPlayPause}>
              <Icon name={playing ? 'pause' : 'run'} />
              {/* Both words keep their room, so that pressing the button moves nothing. */}
              <span className="grid">
                <span className={playing ? 'invisible col-start-1 row-start-1' : 'col-start-1 row-start-1'}>
                  {t('visualiser.stepper.run')}
                </span>
                <span className={playing ? 'col-start-1 row-start-1' : 'invisible col-start-1 row-start-1'}>
                  {t('visualiser.stepper.pause')}
                </span>
              </span>
            </Button>
          ) : null}
          <Button
            tone="bare"
            aria-label={t('visualiser.stepper.back')}
            aria-disabled={at <= 0}
            onClick={() => setAt(Math.max(0, at - 1))}
          >
            <Icon name="back" />
          </Button>
          <Button
            tone="bare"
            aria-label={t('visualiser.stepper.forward')}
            aria-disabled={at >= last}
            onClick={() => setAt(Math.min(last, at + 1))}
          >
            <Icon name="forward" />
          </Button>
          <Button
            tone="bare"
            aria-label={t('visualiser.stepper.reset')}
            onClick={() => (props.onReset ? props.onReset() : setAt(0))}
          >
            <Icon name="reset" />
          </Button>
        </div>
        <input
          type="range"
          className={`${rangeInputClass} min-w-32 flex-1`}
          min={0}
          max={last}
          step={1}
          value={at}
          aria-label={t('visualiser.stepper.scrub')}
          aria-valuetext={t('visualiser.stepper.position', { at: at + 1, count, text })}
          onChange={(event) => setAt(Number(event.currentTarget.value))}
        />
        <span className="font-mono text-xs whitespace-nowrap text-ink-soft tabular-nums">
          {t('visualiser.stepper.of', { at: at + 1, count })}
          {timeMs === undefined ? null : (
            <span className="ml-3 inline-block min-w-[9ch] text-right text-ink">
              {t('visualiser.ms', { value: formatNumber(timeMs, t.locale, 1) })}
            </span>
          )}
        </span>
        {onSpeed ? (
          <label className="inline-flex items-center gap-1 text-xs text-ink-soft">
            {t('visualiser.stepper.speed')}
            <select
              className="min-h-9 rounded-sm border border-rule-strong bg-paper-raised px-1 font-mono text-xs text-ink pointer-coarse:min-h-11"
              value={String(speed)}
              onChange={(event) => onSpeed(Number(event.currentTarget.value))}
            >
              {(props.speeds ?? [0.25, 0.5, 1, 2, 4]).map((choice) => (
                <option key={choice} value={String(choice)}>
                  {t('visualiser.stepper.times', { value: formatNumber(choice, t.locale) })}
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
      <p className="m-0 mt-1 min-h-[3.2em] text-sm" aria-live={playing ? 'off' : 'polite'}>
        {text}
      </p>
    </div>
  );
}
