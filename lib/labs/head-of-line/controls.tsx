import { useText } from '@/lib/text';
import { Choice, Disclosure, Slider, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { HeadOfLineParams } from './lab';

type Props = Pick<LabViewProps<HeadOfLineParams, unknown>, 'params' | 'setParams'>;

const RESPONSES = { messages: 6, segmentsPerMessage: 2, bytesPerSegment: 1460, intervalMs: 0 };
const UPDATES = { messages: 12, segmentsPerMessage: 1, bytesPerSegment: 200, intervalMs: 20 };

/** What is sent, what is lost, and how far it has to go. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  const segments = params.messages * params.segmentsPerMessage;
  return (
    <div className="lab-controls">
      <Choice
        label={t('labels.kind')}
        value={params.intervalMs === 0 ? 'responses' : 'updates'}
        options={(['responses', 'updates'] as const).map((id) => ({ id, label: t(`labels.kinds.${id}`) }))}
        onChange={(id) => setParams(id === 'responses' ? RESPONSES : UPDATES)}
      />
      <Slider
        label={t('labels.lostSegment')}
        value={Math.min(params.lostSegment, segments)}
        onChange={(lostSegment) => setParams({ lostSegment })}
        min={0}
        max={segments}
        hint={t('labels.lostHint', { segments })}
      />
      <Slider
        label={t('labels.rttMs')}
        value={params.rttMs}
        onChange={(rttMs) => setParams({ rttMs })}
        min={4}
        max={300}
        unit={t('units.ms')}
      />
      {params.intervalMs === 0 ? (
        <Toggle
          label={t('labels.interleaved')}
          checked={params.interleaved}
          onChange={(interleaved) => setParams({ interleaved })}
        />
      ) : (
        <Slider
          label={t('labels.intervalMs')}
          value={params.intervalMs}
          onChange={(intervalMs) => setParams({ intervalMs })}
          min={1}
          max={300}
          unit={t('units.ms')}
        />
      )}
      <div className="hol-more">
        <Disclosure summary={t('labels.more')}>
          {() => (
            <div className="lab-controls">
              <Slider
                label={t('labels.messages')}
                value={params.messages}
                onChange={(messages) => setParams({ messages })}
                min={2}
                max={12}
              />
              <Slider
                label={t('labels.segmentsPerMessage')}
                value={params.segmentsPerMessage}
                onChange={(segmentsPerMessage) => setParams({ segmentsPerMessage })}
                min={1}
                max={6}
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
              <Toggle
                label={t('labels.lostTwice')}
                checked={params.lostTwice}
                onChange={(lostTwice) => setParams({ lostTwice })}
              />
              <Choice
                label={t('labels.minRtoMs')}
                value={params.minRtoMs}
                options={(['1000', '200'] as const).map((id) => ({ id, label: t(`labels.timers.${id}`) }))}
                onChange={(minRtoMs) => setParams({ minRtoMs })}
              />
            </div>
          )}
        </Disclosure>
      </div>
    </div>
  );
}
