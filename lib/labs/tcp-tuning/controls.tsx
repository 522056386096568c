import { useText } from '@/lib/text';
import { Choice, Slider } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { TcpTuningParams } from './lab';

type Props = Pick<LabViewProps<TcpTuningParams, unknown>, 'params' | 'setParams'>;

/** What is loaded, and over which path; the checklist itself stands on the screen. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  return (
    <div className="lab-controls">
      <Choice
        label={t('labels.site')}
        value={params.site}
        options={(['shop', 'article', 'app'] as const).map((id) => ({ id, label: t(`labels.sites.${id}`) }))}
        onChange={(site) => setParams({ site })}
      />
      <Slider
        label={t('labels.rttMs')}
        value={params.rttMs}
        onChange={(rttMs) => setParams({ rttMs })}
        min={5}
        max={300}
        unit={t('units.ms')}
      />
      <Slider
        label={t('labels.rateMbps')}
        value={params.rateMbps}
        onChange={(rateMbps) => setParams({ rateMbps })}
        min={1}
        max={1000}
        logarithmic
        unit={t('units.mbps')}
      />
      <Choice
        label={t('labels.loss')}
        value={params.lossOneIn}
        options={(['0', '200', '50'] as const).map((id) => ({ id, label: t(`labels.losses.${id}`) }))}
        onChange={(lossOneIn) => setParams({ lossOneIn })}
      />
    </div>
  );
}
