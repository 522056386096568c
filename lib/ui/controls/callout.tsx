import type { ReactNode } from 'react';
import { classNames } from '../class-names';

const kinds = {
  note: 'border-rule-strong',
  good: 'border-good',
  bad: 'border-bad border-dashed',
  warn: 'border-warn border-dotted',
};

export type CalloutProps = {
  kind?: 'note' | 'good' | 'bad' | 'warn';
  title: ReactNode;
  children: ReactNode;
};

/** A remark in the margin's manner: a rule at its left (solid, dashed or dotted by kind), a title, the text. */
export function Callout({ kind = 'note', title, children }: CalloutProps) {
  return (
    <div role="note" className={classNames('border-l-3 py-1 pl-4', kinds[kind])}>
      <p className="m-0 text-sm font-semibold">{title}</p>
      <div className="text-sm">{children}</div>
    </div>
  );
}
