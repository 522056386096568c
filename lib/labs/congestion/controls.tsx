import { useText } from '@/lib/text';
import { Choice, Disclosure, Slider, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { FlowList } from './flow-list';
import { LossScript } from './loss-script';
import { MAX_TRANSFER_SEGMENTS, type CongestionParams } from './params';
import type { CongestionResult } from './run';

type Props = Pick<LabViewProps<CongestionParams, CongestionResult>, 'params' | 'setParams' | 'result'>;

/** Who sends, over what, and what is lost; the finer settings one press away. */
export function Controls({ params, setParams, result }: Props) {
  const t = useText();
  return (
    <>
      <FlowList params={params} setParams={setParams} />
      <div className="lab-controls">
        <Slider
          label={t('labels.rateMbps')}
          value={params.rateMbps}
          onChange={(rateMbps) => setParams({ rateMbps })}
          min={0.5}
          max={20}
          step={0.1}
          logarithmic
          unit={t('units.mbps')}
        />
        <Slider
          label={t('labels.rttMs')}
          value={params.rttMs}
          onChange={(rttMs) => setParams({ rttMs })}
          min={5}
          max={400}
          logarithmic
          unit={t('units.ms')}
        />
        <Slider
          label={t('labels.queueBdp')}
          value={params.queueBdp}
          onChange={(queueBdp) => setParams({ queueBdp })}
          min={0.05}
          max={10}
          step={0.05}
          logarithmic
          unit={t('units.bdp')}
          hint={t('labels.queueHint', { kB: result.queueLimitBytes / 1000, bdpKb: result.bdpBytes / 1000 })}
        />
        <Choice
          label={t('labels.shared')}
          value={params.shared ? 'shared' : 'own'}
          options={(['shared', 'own'] as const).map((id) => ({ id, label: t(`labels.paths.${id}`) }))}
          onChange={(id) => setParams({ shared: id === 'shared' })}
        />
      </div>
      <LossScript params={params} setParams={setParams} />
      <Disclosure summary={t('labels.more')}>
        {() => (
          <div className="lab-controls">
            <Slider
              label={t('labels.segments')}
              value={params.segments}
              onChange={(segments) => setParams({ segments })}
              min={0}
              max={MAX_TRANSFER_SEGMENTS}
              unit={t('units.segments')}
              hint={t('labels.segmentsHint')}
            />
            <Slider
              label={t('labels.durationS')}
              value={params.durationS}
              onChange={(durationS) => setParams({ durationS })}
              min={2}
              max={60}
              unit={t('units.s')}
            />
            <Slider
              label={t('labels.initialCwnd')}
              value={params.initialCwnd}
              onChange={(initialCwnd) => setParams({ initialCwnd })}
              min={1}
              max={40}
              unit={t('units.segments')}
            />
            <Slider
              label={t('labels.initialSsthresh')}
              value={params.initialSsthresh}
              onChange={(initialSsthresh) => setParams({ initialSsthresh })}
              min={0}
              max={1000}
              unit={t('units.segments')}
              hint={t('labels.ssthreshHint')}
            />
            <Choice
              label={t('labels.repair')}
              value={params.repair}
              options={(['own', 'sack', 'prr'] as const).map((id) => ({
                id,
                label: t(`labels.repairs.${id}`),
              }))}
              onChange={(repair) => setParams({ repair })}
            />
            <Toggle
              label={t('labels.ecn')}
              checked={params.ecn}
              onChange={(ecn) => setParams({ ecn })}
              hint={t('labels.ecnHint')}
            />
          </div>
        )}
      </Disclosure>
    </>
  );
}
