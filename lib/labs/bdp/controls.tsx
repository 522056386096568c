import { useText } from '@/lib/text';
import { Disclosure, Slider, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { BdpParams } from './lab';

type Props = Pick<LabViewProps<BdpParams, unknown>, 'params' | 'setParams'>;

const MAX_BYTES = 16_777_216;

/** The path, the receiver and the sender; the segment size one press away. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  return (
    <div className="lab-controls">
      <Slider
        label={t('labels.rateMbps')}
        value={params.rateMbps}
        onChange={(rateMbps) => setParams({ rateMbps })}
        min={1}
        max={10_000}
        logarithmic
        unit={t('units.mbps')}
        marks={[1, 10, 100, 1000].map((value) => ({ value, label: t('labels.mark', { value }) }))}
      />
      <Slider
        label={t('labels.rttMs')}
        value={params.rttMs}
        onChange={(rttMs) => setParams({ rttMs })}
        min={1}
        max={600}
        logarithmic
        unit={t('units.ms')}
        marks={[1, 10, 100, 600].map((value) => ({ value, label: t('labels.mark', { value }) }))}
      />
      <div>
        <Slider
          label={t('labels.bufferBytes')}
          value={params.bufferBytes}
          onChange={(bufferBytes) => setParams({ bufferBytes })}
          min={8960}
          max={MAX_BYTES}
          logarithmic
          unit={t('units.bytes')}
        />
        <Toggle
          label={t('labels.windowScaling')}
          checked={params.windowScaling}
          onChange={(windowScaling) => setParams({ windowScaling })}
        />
      </div>
      <Slider
        label={t('labels.cwndBytes')}
        value={params.cwndBytes}
        onChange={(cwndBytes) => setParams({ cwndBytes })}
        min={8960}
        max={MAX_BYTES}
        logarithmic
        unit={t('units.bytes')}
      />
      <div className="bdp-more">
        <Disclosure summary={t('labels.more')}>
          {() => (
            <div className="lab-controls">
              <Slider
                label={t('labels.mss')}
                value={params.mss}
                onChange={(mss) => setParams({ mss })}
                min={536}
                max={8960}
                logarithmic
                unit={t('units.bytes')}
              />
            </div>
          )}
        </Disclosure>
      </div>
    </div>
  );
}
