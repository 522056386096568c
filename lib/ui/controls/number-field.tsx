'use client';
import { useId, useState } from 'react';
import { classNames } from '../class-names';

export type NumberFieldProps = {
  label: string;
  value: number;
  onChange(value: number): void;
  min?: number | undefined;
  max?: number | undefined;
  step?: number | undefined;
  unit?: string | undefined;
  /** Keeps the label for screen readers only, where a picture already says what this is. */
  labelHidden?: boolean;
  disabled?: boolean;
};

/** Seven digits and more do not fit the ordinary field. */
const LONG_FROM = 1_000_000;

/**
 * A number with its unit. What is typed is a draft until it is a number within the bounds; leaving the field
 * puts the value back.
 */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, min, max, step, unit, labelHidden = false, disabled = false } = props;
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const accept = (text: string) => {
    setDraft(text);
    const number = Number(text);
    if (text.trim() === '' || !Number.isFinite(number)) return;
    if ((min !== undefined && number < min) || (max !== undefined && number > max)) return;
    onChange(number);
  };
  return (
    <span className="inline-flex items-baseline gap-2">
      <label htmlFor={id} className={classNames('text-sm', labelHidden && 'sr-only')}>
        {label}
      </label>
      <span className="inline-flex items-baseline gap-1 border-b border-rule-strong focus-within:border-ink">
        <input
          id={id}
          type="number"
          inputMode="decimal"
          className={classNames(
            'min-h-7 bg-transparent px-1 text-right font-mono text-sm tabular-nums [appearance:textfield] pointer-coarse:min-h-11 [&::-webkit-inner-spin-button]:appearance-none',
            (max ?? 0) >= LONG_FROM ? 'w-[10ch]' : 'w-[7ch]',
          )}
          value={draft ?? String(value)}
          min={min}
          max={max}
          step={step ?? 'any'}
          disabled={disabled}
          aria-describedby={unit ? `${id}-unit` : undefined}
          onChange={(event) => accept(event.currentTarget.value)}
          onBlur={() => setDraft(null)}
        />
        {unit ? (
          <span id={`${id}-unit`} className="font-mono text-xs text-ink-soft">
            {unit}
          </span>
        ) : null}
      </span>
    </span>
  );
}
