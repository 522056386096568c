import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import type { ParamOf } from '../param-fields';

/** What the learner does to single packets, as text, and a button that takes it all back. */
export function FaultsLine({ of: { params, setParams } }: { of: ParamOf<'faults', string> }) {
  const t = useText();
  if (params.faults === '') return null;
  return (
    <p className="exchange-faults">
      {t('labs.exchange-view.labels.faults', { faults: params.faults })}{' '}
      <Button onClick={() => setParams({ faults: '' })}>{t('labs.exchange-view.labels.repair')}</Button>
    </p>
  );
}
