'use client';
import { useId } from 'react';
import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { digitsOfStep, formatNumber } from '../number-format';
import { NumberField } from './number-field';
import { LOG_POSITIONS, shareOf, valueAfterMove } from './slider-scale';

export type SliderProps = {
  label: string;
  value: number;
  onChange(value: number): void;
  min: number;
  max: number;
  step?: number;
  /** Short, beside the number: "ms", "kB". */
  unit?: string | undefined;
  /** Equal distances multiply instead of add. `min` must be above 0. */
  logarithmic?: boolean;
  /** Notable values, as buttons under the track; keep the labels short and the values apart. */
  marks?: readonly { value: number; label: string }[];
  hint?: string;
  disabled?: boolean;
};

const rangeClass = [
  'block h-6 w-full cursor-pointer appearance-none bg-transparent pointer-coarse:h-11 disabled:cursor-not-allowed',
  '[&::-webkit-slider-runnable-track]:h-[3px] [&::-webkit-slider-runnable-track]:bg-rule-strong',
  '[&::-webkit-slider-thumb]:mt-[-8.5px] [&::-webkit-slider-thumb]:h-5 [&::-webkit-slider-thumb]:w-3 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-sm [&::-webkit-slider-thumb]:border-2 [&::-webkit-slider-thumb]:border-ink [&::-webkit-slider-thumb]:bg-paper-raised',
  'hover:[&::-webkit-slider-thumb]:bg-ink',
  '[&::-moz-range-track]:h-[3px] [&::-moz-range-track]:bg-rule-strong',
  '[&::-moz-range-thumb]:h-4 [&::-moz-range-thumb]:w-2 [&::-moz-range-thumb]:rounded-sm [&::-moz-range-thumb]:border-2 [&::-moz-range-thumb]:border-ink [&::-moz-range-thumb]:bg-paper-raised',
  'forced-colors:[&::-webkit-slider-runnable-track]:bg-[CanvasText] forced-colors:[&::-webkit-slider-thumb]:bg-[ButtonFace]',
].join(' ');

/** The look of a native range input, for those who need a bare one (the stepper's scrubber). */
export const rangeInputClass = rangeClass;

/** A native range and a number field for one value: drag it or say it exactly. */
export function Slider(props: SliderProps) {
  const { label, value, onChange, min, max, step = 1, unit, logarithmic = false, marks = [], hint } = props;
  const id = useId();
  const t = useText();
  const disabled = props.disabled ?? false;
  const share = shareOf(value, min, max, logarithmic);
  const number = formatNumber(value, t.locale, digitsOfStep(step));
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-2">
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        <NumberField
          label={t('visualiser.slider.exact', { label })}
          labelHidden
          {...{ value, onChange, min, max, step, unit, disabled }}
        />
      </div>
      <input
        id={id}
        type="range"
        className={rangeClass}
        min={logarithmic ? 0 : min}
        max={logarithmic ? LOG_POSITIONS : max}
        step={logarithmic ? 1 : step}
        value={logarithmic ? Math.round(share * LOG_POSITIONS) : value}
        disabled={disabled}
        aria-valuetext={unit ? t('visualiser.slider.value', { value: number, unit }) : number}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          const position = Number(event.currentTarget.value);
          onChange(logarithmic ? valueAfterMove(position, value, min, max, step) : position);
        }}
      />
      {marks.length > 0 ? (
        <div className="relative h-7 pointer-coarse:h-11">
          {marks.map((mark) => {
            const at = shareOf(mark.value, min, max, logarithmic);
            return (
              <button
                key={mark.value}
                type="button"
                disabled={disabled}
                aria-label={t('visualiser.slider.setTo', { label, mark: mark.label })}
                aria-pressed={mark.value === value}
                className={classNames(
                  'absolute top-0 min-h-6 min-w-6 px-1 font-mono text-xs whitespace-nowrap pointer-coarse:min-h-11',
                  mark.value === value
                    ? 'text-ink underline underline-offset-4'
                    : 'text-ink-soft hover:text-ink',
                )}
                style={{
                  left: `calc(6px + ${at * 100}% - ${at * 12}px)`,
                  transform: `translateX(${at < 0.06 ? -6 : at > 0.94 ? -94 : -50}%)`,
                }}
                onClick={() => onChange(mark.value)}
              >
                {mark.label}
              </button>
            );
          })}
        </div>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="m-0 text-xs text-ink-soft">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
