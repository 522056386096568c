import { useState, type ReactNode } from 'react';

export type DisclosureProps = {
  summary: ReactNode;
  /** A function is asked when the part is first opened: for what is of no use on a page without scripts. */
  children: ReactNode | (() => ReactNode);
  open?: boolean;
};

/** Native details: what is asked for less often, one press away, and found by the browser's search. */
export function Disclosure({ summary, children, open = false }: DisclosureProps) {
  const [wasOpened, setWasOpened] = useState(open);
  return (
    <details className="group border-t border-rule" open={open} onToggle={() => setWasOpened(true)}>
      <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 text-sm text-ink-soft hover:text-ink pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <svg aria-hidden="true" viewBox="0 0 8 8" className="size-2 fill-current group-open:rotate-90">
          <path d="M1 0l6 4-6 4z" />
        </svg>
        {summary}
      </summary>
      <div className="pb-3">{typeof children !== 'function' ? children : wasOpened && children()}</div>
    </details>
  );
}
