'use client';
import { useId } from 'react';
import { classNames } from '../class-names';

export type ChoiceProps<Id extends string> = {
  label: string;
  options: readonly { id: Id; label: string; disabled?: boolean }[];
  value: Id;
  onChange(id: Id): void;
  labelHidden?: boolean;
  disabled?: boolean;
};

/** One of a few: native radio buttons that look like a segmented control. */
export function Choice<Id extends string>(props: ChoiceProps<Id>) {
  const { label, options, value, onChange, labelHidden = false, disabled = false } = props;
  const name = useId();
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0" disabled={disabled}>
      <legend className={classNames('p-0 text-sm', labelHidden ? 'sr-only' : 'mb-1')}>{label}</legend>
      <div className="flex flex-wrap gap-y-px">
        {options.map((option) => (
          <label
            key={option.id}
            className={classNames(
              '-ml-px inline-flex min-h-9 cursor-pointer items-center border border-rule-strong px-3 text-sm leading-tight first:ml-0 first:rounded-l-sm last:rounded-r-sm pointer-coarse:min-h-11',
              'has-checked:z-1 has-checked:border-ink has-checked:bg-ink has-checked:text-paper',
              'not-has-checked:hover:bg-paper-sunk has-disabled:cursor-not-allowed has-disabled:text-ink-soft has-disabled:has-checked:bg-paper-sunk',
              'has-focus-visible:z-2 has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
              'forced-colors:has-checked:outline-3 forced-colors:has-checked:-outline-offset-4',
            )}
          >
            {/* First, so that the label has its width as soon as it is drawn, even while the page still arrives. */}
            {option.label}
            <input
              type="radio"
              className="sr-only"
              name={name}
              value={option.id}
              checked={option.id === value}
              disabled={option.disabled ?? false}
              onChange={() => onChange(option.id)}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
