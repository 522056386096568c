import { useText } from '@/lib/text';
import { Choice, Disclosure, Slider, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { LiveParams } from './lab';

type Props = Pick<LabViewProps<LiveParams, unknown>, 'params' | 'setParams'>;

/** What the lesson speaks of is in sight; the rest one press away. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  return (
    <div className="lab-controls">
      <Toggle label={t('labels.ids')} checked={params.ids} onChange={(ids) => setParams({ ids })} />
      <Slider
        label={t('labels.cutAtMs')}
        value={params.cutAtMs}
        onChange={(cutAtMs) => setParams({ cutAtMs })}
        min={0}
        max={12_000}
        step={50}
        unit="ms"
        hint={t('labels.cutHint')}
      />
      <Slider
        label={t('labels.retryMs')}
        value={params.retryMs}
        onChange={(retryMs) => setParams({ retryMs })}
        min={100}
        max={10_000}
        step={100}
        unit="ms"
      />
      <Choice
        label={t('labels.answer')}
        value={params.answer}
        options={(['stream', '204', '500'] as const).map((id) => ({ id, label: t(`labels.answers.${id}`) }))}
        onChange={(answer) => setParams({ answer })}
      />
      <div className="sse-live-more">
        <Disclosure summary={t('labels.more')}>
          {() => (
            <div className="lab-controls">
              <Slider
                label={t('labels.keep')}
                value={params.keep}
                onChange={(keep) => setParams({ keep })}
                min={0}
                max={50}
                unit={t('labels.events')}
              />
              <Slider
                label={t('labels.outageMs')}
                value={params.outageMs}
                onChange={(outageMs) => setParams({ outageMs })}
                min={0}
                max={15_000}
                step={100}
                unit="ms"
              />
              <Slider
                label={t('labels.proxyOctets')}
                value={params.proxyOctets}
                onChange={(proxyOctets) => setParams({ proxyOctets })}
                min={0}
                max={4096}
                unit={t('labels.octets')}
                hint={t('labels.proxyHint')}
              />
              <Slider
                label={t('labels.everyMs')}
                value={params.everyMs}
                onChange={(everyMs) => setParams({ everyMs })}
                min={600}
                max={3000}
                step={50}
                unit="ms"
              />
              <Slider
                label={t('labels.delayMs')}
                value={params.delayMs}
                onChange={(delayMs) => setParams({ delayMs })}
                min={5}
                max={500}
                unit="ms"
              />
            </div>
          )}
        </Disclosure>
      </div>
    </div>
  );
}
