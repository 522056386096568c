import type { ReactNode } from 'react';
import { classNames } from '../class-names';

export type PanelProps = {
  title?: ReactNode;
  /** At the right of the title: a tag, a button. */
  aside?: ReactNode;
  /** Dark, as the oscilloscope: for pictures. */
  screen?: boolean;
  children: ReactNode;
};

/** A framed part of a page: hairlines, no shadow. With `screen` its inside is the oscilloscope. */
export function Panel({ title, aside, screen = false, children }: PanelProps) {
  return (
    <div
      className={classNames('min-w-0 rounded-sm border border-rule', screen ? 'screen' : 'bg-paper-raised')}
    >
      {title || aside ? (
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-rule px-4 py-2">
          <p className="m-0 text-sm font-semibold">{title}</p>
          {aside}
        </div>
      ) : null}
      <div className="p-4">{children}</div>
    </div>
  );
}
