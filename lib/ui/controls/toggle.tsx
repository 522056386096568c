'use client';
import { useId } from 'react';

export type ToggleProps = {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  hint?: string;
  disabled?: boolean;
};

/** On or off: a native checkbox in the role of a switch; position and a tick say the state, not colour. */
export function Toggle({ label, checked, onChange, hint, disabled = false }: ToggleProps) {
  const id = useId();
  return (
    <div>
      <label className="inline-flex min-h-9 cursor-pointer items-center gap-2 text-sm has-disabled:cursor-not-allowed has-disabled:text-ink-soft pointer-coarse:min-h-11">
        <span className="relative inline-flex h-6 w-11 shrink-0 items-center rounded-full border border-rule-strong bg-paper-raised has-checked:border-ink has-checked:bg-ink has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
          <input
            type="checkbox"
            role="switch"
            className="peer absolute inset-0 m-0 cursor-pointer appearance-none rounded-full outline-none disabled:cursor-not-allowed"
            checked={checked}
            disabled={disabled}
            aria-describedby={hint ? `${id}-hint` : undefined}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
          <svg
            aria-hidden="true"
            viewBox="0 0 16 16"
            className="pointer-events-none ml-[3px] size-4 fill-ink-soft peer-checked:ml-[23px] peer-checked:fill-paper"
          >
            <circle cx="8" cy="8" r="8" />
            {checked ? <path d="M4.5 8.5l2.5 2.5 4.5-5.5" className="fill-none stroke-ink stroke-2" /> : null}
          </svg>
        </span>
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="m-0 text-xs text-ink-soft">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
