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

/** How wide a unit's character is to a digit's. Its room is kept, for a page may be painted before the unit came. */
const UNIT_TO_DIGIT = 0.9;

/**
 * A number with its unit. What is typed is a draft until it is a number within the bounds; leaving the field
 * puts the value back.
 */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, min, max, step, unit, labelHidden = false, disabled = false } = props;
  const id = useId();
  const digits = (max ?? 0) >= LONG_FROM ? 10 : 7;
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
      <span
        className="inline-flex items-baseline gap-1 border-b border-rule-strong font-mono text-sm focus-within:border-ink"
        style={unit ? { minWidth: `calc(${digits + UNIT_TO_DIGIT * unit.length}ch + 0.25rem)` } : undefined}
      >
        <input
          id={id}
          type="number"
          inputMode="decimal"
          className="min-h-7 bg-transparent px-1 text-right tabular-nums [appearance:textfield] pointer-coarse:min-h-11 [&::-webkit-inner-spin-button]:appearance-none"
          style={{ width: `${digits}ch` }}
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
          <span id={`${id}-unit`} className="text-xs text-ink-soft">
            {unit}
          </span>
        ) : null}
      </span>
    </span>
  );
}
