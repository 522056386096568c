import type { LabViewProps } from '../define-lab';
import { ParamChoice, ParamSlider } from '../param-fields';
import type { TcpTuningParams } from './lab';

type Props = Pick<LabViewProps<TcpTuningParams, unknown>, 'params' | 'setParams'>;

/** What is loaded, and over which path; the checklist itself stands on the screen. */
export function Controls(props: Props) {
  return (
    <div className="lab-controls">
      <ParamChoice of={props} name="site" options={['shop', 'article', 'app']} />
      <ParamSlider of={props} name="rttMs" min={5} max={300} unit="ms" />
      <ParamSlider of={props} name="rateMbps" min={1} max={1000} logarithmic unit="mbps" />
      <ParamChoice of={props} name="lossOneIn" options={['0', '200', '50']} />
    </div>
  );
}
