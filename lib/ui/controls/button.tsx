import type { ButtonHTMLAttributes } from 'react';
import { classNames } from '../class-names';

const tones = {
  primary: 'border-ink bg-ink text-paper hover:bg-ink-soft hover:border-ink-soft',
  quiet: 'border-rule-strong bg-transparent text-ink hover:bg-paper-sunk hover:border-ink',
  danger: 'border-bad bg-transparent text-bad hover:bg-paper-sunk',
  bare: 'border-transparent bg-transparent text-ink hover:bg-paper-sunk',
};

/** `primary` once in a view at most; `danger` for what cannot be undone; `bare` inside toolbars. */
export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  tone?: 'primary' | 'quiet' | 'danger' | 'bare';
};

/** A native button (`type="button"` unless said otherwise). 44 px high where a finger is the pointer. */
export function Button({ tone = 'quiet', className, type = 'button', ...native }: ButtonProps) {
  return (
    <button
      type={type}
      className={classNames(
        'inline-flex min-h-9 min-w-9 items-center justify-center gap-2 rounded-sm border px-3 py-1 text-sm leading-tight pointer-coarse:min-h-11 pointer-coarse:min-w-11',
        'disabled:cursor-not-allowed disabled:border-rule disabled:bg-transparent disabled:text-ink-soft',
        'aria-disabled:cursor-not-allowed aria-disabled:border-rule aria-disabled:bg-transparent aria-disabled:text-ink-soft',
        tones[tone],
        className,
      )}
      {...native}
    />
  );
}
