import { useId, useState, type ReactNode } from 'react';
import { Button } from './button';

export type PanelSwitchProps<Id extends string> = {
  /** What the row of buttons is, for those who cannot see it. */
  label: string;
  panels: readonly Id[];
  title: (panel: Id) => string;
  /** The open panel's inside. */
  children: (panel: Id) => ReactNode;
};

/** Parts of which at most one is open, and none at first: a row of buttons, the open part below it. */
export function PanelSwitch<Id extends string>({ label, panels, title, children }: PanelSwitchProps<Id>) {
  const panelId = useId();
  const [open, setOpen] = useState<Id>();
  return (
    <>
      <div role="group" aria-label={label} className="mt-4 mb-2 flex flex-wrap items-center gap-2">
        {panels.map((panel) => (
          <Button
            key={panel}
            tone={panel === open ? 'primary' : 'quiet'}
            aria-expanded={panel === open}
            aria-controls={panel === open ? panelId : undefined}
            onClick={() => setOpen(panel === open ? undefined : panel)}
          >
            {title(panel)}
          </Button>
        ))}
      </div>
      {open && (
        <div id={panelId} role="group" aria-label={title(open)} data-panel={open}>
          {children(open)}
        </div>
      )}
    </>
  );
}
