import { useText } from '@/lib/text';
import { Disclosure } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { ParamSlider, ParamToggle } from '../param-fields';
import type { BdpParams } from './lab';

type Props = Pick<LabViewProps<BdpParams, unknown>, 'params' | 'setParams'>;

const MAX_BYTES = 16_777_216;

/** The path, the receiver and the sender; the segment size one press away. */
export function Controls(props: Props) {
  const t = useText();
  return (
    <div className="lab-controls">
      <ParamSlider
        of={props}
        name="rateMbps"
        min={1}
        max={10_000}
        logarithmic
        unit="mbps"
        marks={[1, 10, 100, 1000].map((value) => ({ value, label: t('labels.mark', { value }) }))}
      />
      <ParamSlider
        of={props}
        name="rttMs"
        min={1}
        max={600}
        logarithmic
        unit="ms"
        marks={[1, 10, 100, 600].map((value) => ({ value, label: t('labels.mark', { value }) }))}
      />
      <div>
        <ParamSlider of={props} name="bufferBytes" min={8960} max={MAX_BYTES} logarithmic unit="bytes" />
        <ParamToggle of={props} name="windowScaling" />
      </div>
      <ParamSlider of={props} name="cwndBytes" min={8960} max={MAX_BYTES} logarithmic unit="bytes" />
      <div className="bdp-more">
        <Disclosure summary={t('labels.more')}>
          {() => (
            <div className="lab-controls">
              <ParamSlider of={props} name="mss" min={536} max={8960} logarithmic unit="bytes" />
            </div>
          )}
        </Disclosure>
      </div>
    </div>
  );
}
