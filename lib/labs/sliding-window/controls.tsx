import type { ReactNode } from 'react';
import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { ParamChoice, ParamSlider, ParamToggle } from '../param-fields';
import type { WindowParams } from './lab';
import { scenarios, type ScenarioId } from './scenarios';

type Props = Pick<LabViewProps<WindowParams, unknown>, 'params' | 'setParams'>;

/** Where to begin, then one column an end and one for the path between. */
export function Controls(props: Props) {
  const t = useText();
  const { params, setParams } = props;
  return (
    <>
      <div className="window-scenarios" role="group" aria-label={t('labels.scenarios')}>
        {(Object.keys(scenarios) as ScenarioId[]).map((id) => (
          <Button key={id} aria-pressed={isAt(params, id)} onClick={() => setParams(scenarios[id])}>
            {t(`scenarios.${id}`)}
          </Button>
        ))}
      </div>
      <div className="window-controls">
        <Column title={t('labels.sender')}>
          <SenderControls {...props} />
        </Column>
        <Column title={t('labels.path')}>
          <PathControls {...props} />
        </Column>
        <Column title={t('labels.receiver')}>
          <ReceiverControls {...props} />
        </Column>
      </div>
    </>
  );
}

const isAt = (params: WindowParams, id: ScenarioId) =>
  Object.entries(scenarios[id]).every(([name, value]) => params[name as keyof WindowParams] === value);

function Column({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="window-column">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function SenderControls(props: Props) {
  const { params } = props;
  return (
    <>
      <ParamSlider of={props} name="writes" min={1} max={24} />
      <ParamSlider of={props} name="writeBytes" min={1} max={300_000} logarithmic unit="octets" />
      {params.writes > 1 ? <ParamSlider of={props} name="writeEveryMs" min={0} max={2000} unit="ms" /> : null}
      <ParamToggle of={props} name="nagle" />
      <ParamToggle of={props} name="senderAvoidance" />
    </>
  );
}

function PathControls(props: Props) {
  return (
    <>
      <ParamSlider of={props} name="oneWayMs" min={1} max={400} logarithmic unit="ms" />
      <ParamToggle of={props} name="windowScale" />
      <ParamToggle of={props} name="loseUpdate" />
    </>
  );
}

function ReceiverControls(props: Props) {
  const { params } = props;
  return (
    <>
      <ParamSlider of={props} name="bufferBytes" min={500} max={1_048_576} logarithmic unit="octets" />
      <ParamChoice of={props} name="reading" options={['paced', 'at-once', 'never']} />
      {params.reading === 'paced' ? (
        <>
          <ParamSlider of={props} name="readBytes" min={1} max={1_048_576} logarithmic unit="octets" />
          <ParamSlider of={props} name="readEveryMs" min={1} max={5000} logarithmic unit="ms" />
          <ParamSlider of={props} name="readFromMs" min={0} max={60_000} step={100} unit="ms" />
        </>
      ) : null}
      <ParamToggle of={props} name="delayedAck" />
      <ParamToggle of={props} name="receiverAvoidance" />
    </>
  );
}
