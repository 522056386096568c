import { useText } from '@/lib/text';
import { Choice, Disclosure, Slider } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { ParamChoice, ParamSlider, ParamToggle } from '../param-fields';
import type { HeadOfLineParams } from './lab';

type Props = Pick<LabViewProps<HeadOfLineParams, unknown>, 'params' | 'setParams'>;

const RESPONSES = { messages: 6, segmentsPerMessage: 2, bytesPerSegment: 1460, intervalMs: 0 };
const UPDATES = { messages: 12, segmentsPerMessage: 1, bytesPerSegment: 200, intervalMs: 20 };

/** What is sent, what is lost, and how far it has to go. */
export function Controls(props: Props) {
  const { params, setParams } = props;
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
      <ParamSlider of={props} name="rttMs" min={4} max={300} unit="ms" />
      {params.intervalMs === 0 ? (
        <ParamToggle of={props} name="interleaved" />
      ) : (
        <ParamSlider of={props} name="intervalMs" min={1} max={300} unit="ms" />
      )}
      <div className="hol-more">
        <Disclosure summary={t('labels.more')}>
          {() => (
            <div className="lab-controls">
              <ParamSlider of={props} name="messages" min={2} max={12} />
              <ParamSlider of={props} name="segmentsPerMessage" min={1} max={6} />
              <ParamSlider of={props} name="rateMbps" min={1} max={1000} logarithmic unit="mbps" />
              <ParamToggle of={props} name="lostTwice" />
              <ParamChoice of={props} name="minRtoMs" options={['1000', '200']} />
            </div>
          )}
        </Disclosure>
      </div>
    </div>
  );
}
