'use client';
import { useId } from 'react';
import { classNames } from '../class-names';

export type TextFieldProps = {
  label: string;
  value: string;
  onChange(value: string): void;
  onBlur?(): void;
  hint?: string | undefined;
  /** What is wrong with the value, in words; announced with the field. */
  error?: string | undefined;
  /** More than one makes a text area. */
  lines?: number;
  /** Octets and protocol text. */
  mono?: boolean;
  maxLength?: number;
  autoComplete?: string;
  labelHidden?: boolean;
  disabled?: boolean;
};

/** A line or a few lines of text. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, hint, error, lines = 1, mono = false, labelHidden = false } = props;
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const native = {
    id,
    value,
    disabled: props.disabled ?? false,
    maxLength: props.maxLength,
    autoComplete: props.autoComplete ?? 'off',
    spellCheck: !mono,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described || undefined,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    onBlur: props.onBlur,
    className: classNames(
      'block w-full min-h-9 rounded-sm border bg-paper-raised px-2 py-1 text-sm text-ink pointer-coarse:min-h-11',
      error ? 'border-2 border-bad' : 'border-rule-strong focus:border-ink',
      mono && 'font-mono',
    ),
  };
  return (
    <div className="min-w-0">
      <label htmlFor={id} className={classNames('mb-1 block text-sm', labelHidden && 'sr-only')}>
        {label}
      </label>
      {lines > 1 ? <textarea rows={lines} {...native} /> : <input type="text" {...native} />}
      {hint ? (
        <p id={`${id}-hint`} className="m-0 mt-1 text-xs text-ink-soft">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="m-0 mt-1 text-xs text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
