import { useText } from '@/lib/text';
import { Choice, Disclosure } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { ParamChoice, ParamSlider, ParamToggle } from '../param-fields';
import { FlowList } from './flow-list';
import { LossScript } from './loss-script';
import { MAX_TRANSFER_SEGMENTS, type CongestionParams } from './params';
import type { CongestionResult } from './run';

type Props = Pick<LabViewProps<CongestionParams, CongestionResult>, 'params' | 'setParams' | 'result'>;

/** Who sends, over what, and what is lost; the finer settings one press away. */
export function Controls(props: Props) {
  const { params, setParams, result } = props;
  const t = useText();
  return (
    <>
      <FlowList params={params} setParams={setParams} />
      <div className="lab-controls">
        <ParamSlider of={props} name="rateMbps" min={0.5} max={20} step={0.1} logarithmic unit="mbps" />
        <ParamSlider of={props} name="rttMs" min={5} max={400} logarithmic unit="ms" />
        <ParamSlider
          of={props}
          name="queueBdp"
          min={0.05}
          max={10}
          step={0.05}
          logarithmic
          unit="bdp"
          hint={t('labels.queueHint', { kB: result.queueLimitBytes / 1000, bdpKb: result.bdpBytes / 1000 })}
        />
        <Choice
          label={t('labels.shared')}
          value={params.shared ? 'shared' : 'own'}
          options={(['shared', 'own'] as const).map((id) => ({ id, label: t(`labels.paths.${id}`) }))}
          onChange={(id) => setParams({ shared: id === 'shared' })}
        />
      </div>
      <LossScript params={params} setParams={setParams} />
      <Disclosure summary={t('labels.more')}>
        {() => (
          <div className="lab-controls">
            <ParamSlider
              of={props}
              name="segments"
              min={0}
              max={MAX_TRANSFER_SEGMENTS}
              unit="segments"
              hint={t('labels.segmentsHint')}
            />
            <ParamSlider of={props} name="durationS" min={2} max={60} unit="s" />
            <ParamSlider of={props} name="initialCwnd" min={1} max={40} unit="segments" />
            <ParamSlider
              of={props}
              name="initialSsthresh"
              min={0}
              max={1000}
              unit="segments"
              hint={t('labels.ssthreshHint')}
            />
            <ParamChoice of={props} name="repair" options={['own', 'sack', 'prr']} />
            <ParamToggle of={props} name="ecn" hint={t('labels.ecnHint')} />
          </div>
        )}
      </Disclosure>
    </>
  );
}
