import { useText } from '@/lib/text';
import { Choice, Disclosure, Slider } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { SlowStartParams } from './lab';

type Props = Pick<LabViewProps<SlowStartParams, unknown>, 'params' | 'setParams'>;

/** What the lesson speaks of is in sight; the rest one press away. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  const connection = !params.reused ? 'new' : params.idleRestart ? 'idle' : 'warm';
  return (
    <div className="lab-controls">
      <Slider
        label={t('labels.initialCwnd')}
        value={params.initialCwnd}
        onChange={(initialCwnd) => setParams({ initialCwnd })}
        min={1}
        max={100}
        logarithmic
        unit={t('units.segments')}
        marks={[1, 4, 10, 32].map((value) => ({ value, label: String(value) }))}
      />
      <Slider
        label={t('labels.rttMs')}
        value={params.rttMs}
        onChange={(rttMs) => setParams({ rttMs })}
        min={1}
        max={600}
        logarithmic
        unit={t('units.ms')}
      />
      <Slider
        label={t('labels.bytes')}
        value={params.bytes}
        onChange={(bytes) => setParams({ bytes })}
        min={500}
        max={3_000_000}
        logarithmic
        step={1}
        unit={t('units.bytes')}
      />
      <Choice
        label={t('labels.connection')}
        value={connection}
        options={(['new', 'warm', 'idle'] as const).map((id) => ({
          id,
          label: t(`labels.connections.${id}`),
        }))}
        onChange={(id) => setParams({ reused: id !== 'new', idleRestart: id === 'idle' })}
      />
      <div className="slow-start-more">
        <Disclosure summary={t('labels.more')}>
          {() => (
            <div className="lab-controls">
              <Slider
                label={t('labels.bandwidthMbps')}
                value={params.bandwidthMbps}
                onChange={(bandwidthMbps) => setParams({ bandwidthMbps })}
                min={0}
                max={1000}
                unit={t('units.mbps')}
                hint={t('labels.bandwidthHint')}
              />
              <Slider
                label={t('labels.serverTimeMs')}
                value={params.serverTimeMs}
                onChange={(serverTimeMs) => setParams({ serverTimeMs })}
                min={0}
                max={1000}
                unit={t('units.ms')}
              />
              <Slider
                label={t('labels.rwndBytes')}
                value={params.rwndBytes}
                onChange={(rwndBytes) => setParams({ rwndBytes })}
                min={1460}
                max={4_194_304}
                logarithmic
                unit={t('units.bytes')}
              />
              <Slider
                label={t('labels.mss')}
                value={params.mss}
                onChange={(mss) => setParams({ mss })}
                min={536}
                max={8960}
                logarithmic
                unit={t('units.bytes')}
              />
              <Choice
                label={t('labels.tls')}
                value={params.tls}
                options={(['none', '1.3', '1.2'] as const).map((id) => ({
                  id,
                  label: t(`labels.tlsOptions.${id}`),
                }))}
                onChange={(tls) => setParams({ tls })}
              />
            </div>
          )}
        </Disclosure>
      </div>
    </div>
  );
}
