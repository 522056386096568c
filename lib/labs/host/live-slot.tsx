import { useId, useState, type ComponentType } from 'react';
import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import type { LabLiveProps } from '../define-lab';

type Props<Params, Result> = Omit<LabLiveProps<Params, Result>, 'origin'> & {
  load: () => Promise<{ default: ComponentType<LabLiveProps<Params, Result>> }>;
};

type Part<Params, Result> =
  'closed' | 'loading' | 'failed' | { Live: ComponentType<LabLiveProps<Params, Result>> };

/** A lab's second picture, of something real. Its code comes when it is opened; closing it unmounts it. */
export function LiveSlot<Params, Result>({ load, ...props }: Props<Params, Result>) {
  const t = useText();
  const titleId = useId();
  const [part, setPart] = useState<Part<Params, Result>>('closed');
  const isOpen = typeof part === 'object';

  const open = () => {
    setPart('loading');
    load().then(
      (module) => setPart({ Live: module.default }),
      () => setPart('failed'),
    );
  };
  return (
    <div className="lab-live" role="group" aria-labelledby={titleId}>
      <div className="lab-slot-head">
        <p className="lab-part-title" id={titleId}>
          {t('live.title')}
        </p>
        <p>{t('live.summary')}</p>
        {/* One button throughout, so that it keeps the focus. */}
        <Button
          aria-expanded={isOpen}
          aria-disabled={part === 'loading'}
          onClick={() => {
            if (isOpen) setPart('closed');
            else if (part !== 'loading') open();
          }}
        >
          {t(isOpen ? 'live.close' : 'live.open')}
        </Button>
        <span role="status">
          {part === 'loading' && t('live.loading')}
          {part === 'failed' && t('live.failed')}
        </span>
      </div>
      {isOpen && <part.Live {...props} origin={new URL(window.location.href).origin} />}
    </div>
  );
}
