import { useText } from '@/lib/text';
import { Disclosure } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { ParamChoice, ParamSlider, ParamToggle } from '../param-fields';
import type { LiveParams } from './lab';

type Props = Pick<LabViewProps<LiveParams, unknown>, 'params' | 'setParams'>;

/** What the lesson speaks of is in sight; the rest one press away. */
export function Controls(props: Props) {
  const t = useText();
  return (
    <div className="lab-controls">
      <ParamToggle of={props} name="ids" />
      <ParamSlider
        of={props}
        name="cutAtMs"
        min={0}
        max={12_000}
        step={50}
        unit="ms"
        hint={t('labels.cutHint')}
      />
      <ParamSlider of={props} name="retryMs" min={100} max={10_000} step={100} unit="ms" />
      <ParamChoice of={props} name="answer" options={['stream', '204', '500']} />
      <div className="sse-live-more">
        <Disclosure summary={t('labels.more')}>
          {() => (
            <div className="lab-controls">
              <ParamSlider of={props} name="keep" min={0} max={50} unit="events" />
              <ParamSlider of={props} name="outageMs" min={0} max={15_000} step={100} unit="ms" />
              <ParamSlider
                of={props}
                name="proxyOctets"
                min={0}
                max={4096}
                unit="octets"
                hint={t('labels.proxyHint')}
              />
              <ParamSlider of={props} name="everyMs" min={600} max={3000} step={50} unit="ms" />
              <ParamSlider of={props} name="delayMs" min={5} max={500} unit="ms" />
            </div>
          )}
        </Disclosure>
      </div>
    </div>
  );
}
