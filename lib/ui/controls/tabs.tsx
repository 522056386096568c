'use client';
import { useId, type ReactNode } from 'react';
import { classNames } from '../class-names';
import { rovingTarget } from '../roving';

export type TabsProps<Id extends string> = {
  label: string;
  tabs: readonly { id: Id; label: string; panel: ReactNode }[];
  value: Id;
  onChange(id: Id): void;
};

/** Tabs by the WAI-ARIA pattern: arrows move and select, only the chosen panel is in the page. */
export function Tabs<Id extends string>({ label, tabs, value, onChange }: TabsProps<Id>) {
  const id = useId();
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.id === value),
  );
  return (
    <div className="min-w-0">
      <div
        role="tablist"
        tabIndex={-1}
        aria-label={label}
        className="flex flex-wrap gap-x-1 border-b border-rule"
        onKeyDown={(event) => {
          const next = tabs[rovingTarget(event.key, at, tabs.length)];
          if (!next) return;
          event.preventDefault();
          onChange(next.id);
          document.getElementById(`${id}-tab-${next.id}`)?.focus();
        }}
      >
        {tabs.map((tab, index) => (
          <button
            key={tab.id}
            id={`${id}-tab-${tab.id}`}
            type="button"
            role="tab"
            aria-selected={index === at}
            aria-controls={index === at ? `${id}-panel` : undefined}
            tabIndex={index === at ? 0 : -1}
            className={classNames(
              '-mb-px min-h-9 border-b-3 px-3 text-sm pointer-coarse:min-h-11',
              index === at ? 'border-ink text-ink' : 'border-transparent text-ink-soft hover:text-ink',
            )}
            onClick={() => onChange(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        tabIndex={0}
        aria-labelledby={`${id}-tab-${tabs[at]?.id ?? ''}`}
      >
        {tabs[at]?.panel}
      </div>
    </div>
  );
}
