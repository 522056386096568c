import { useText } from '@/lib/text';
import { Disclosure } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { FaultsLine } from '../exchange-view/faults-line';
import { ParamChoice, ParamSlider, ParamToggle } from '../param-fields';
import type { TeardownParams } from './lab';

type Props = Pick<LabViewProps<TeardownParams, unknown>, 'params' | 'setParams'>;

/** Who ends it and how; what the other side does; and, one press away, what comes after. */
export function Controls(props: Props) {
  const { params } = props;
  const t = useText();
  return (
    <div className="lab-controls">
      <div className="exchange-choice">
        <ParamChoice of={props} name="closer" options={['client', 'server', 'both']} />
      </div>
      <div className="exchange-choice">
        <ParamChoice of={props} name="ending" options={['close', 'abort', 'crash']} />
      </div>
      <div className="exchange-choice">
        <ParamChoice of={props} name="peer" options={['closes', 'closes-later', 'stays']} />
      </div>
      <ParamSlider of={props} name="stillToSend" min={0} max={8000} step={100} unit="octets" />
      <ParamSlider of={props} name="mslSeconds" min={1} max={120} unit="s" />
      <FaultsLine of={props} />
      <div className="exchange-faults">
        <Disclosure summary={t('labels.again')} open={params.reopenMs > 0 || params.oldCopyMs > 0}>
          <div className="lab-controls">
            <ParamSlider of={props} name="oldCopyMs" min={0} max={20_000} step={10} unit="ms" />
            <ParamSlider of={props} name="reopenMs" min={0} max={20_000} step={10} unit="ms" />
            <ParamToggle of={props} name="isnClock" />
            <ParamSlider of={props} name="delayMs" min={5} max={500} unit="ms" />
          </div>
        </Disclosure>
      </div>
    </div>
  );
}
