import { useText } from '@/lib/text';
import { Choice, Disclosure } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { ParamChoice, ParamSlider } from '../param-fields';
import type { SlowStartParams } from './lab';

type Props = Pick<LabViewProps<SlowStartParams, unknown>, 'params' | 'setParams'>;

/** What the lesson speaks of is in sight; the rest one press away. */
export function Controls(props: Props) {
  const { params, setParams } = props;
  const t = useText();
  const connection = !params.reused ? 'new' : params.idleRestart ? 'idle' : 'warm';
  return (
    <div className="lab-controls">
      <ParamSlider
        of={props}
        name="initialCwnd"
        min={1}
        max={100}
        logarithmic
        unit="segments"
        marks={[1, 4, 10, 32].map((value) => ({ value, label: String(value) }))}
      />
      <ParamSlider of={props} name="rttMs" min={1} max={600} logarithmic unit="ms" />
      <ParamSlider of={props} name="bytes" min={500} max={3_000_000} logarithmic unit="bytes" />
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
              <ParamSlider
                of={props}
                name="bandwidthMbps"
                min={0}
                max={1000}
                unit="mbps"
                hint={t('labels.bandwidthHint')}
              />
              <ParamSlider of={props} name="serverTimeMs" min={0} max={1000} unit="ms" />
              <ParamSlider of={props} name="rwndBytes" min={1460} max={4_194_304} logarithmic unit="bytes" />
              <ParamSlider of={props} name="mss" min={536} max={8960} logarithmic unit="bytes" />
              <ParamChoice of={props} name="tls" options={['none', '1.3', '1.2']} />
            </div>
          )}
        </Disclosure>
      </div>
    </div>
  );
}
