import type { ReactNode } from 'react';
import { useText } from '@/lib/text';
import { Button, Choice, Slider, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
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

function SenderControls({ params, setParams }: Props) {
  const t = useText();
  return (
    <>
      <Slider
        label={t('labels.writes')}
        value={params.writes}
        onChange={(writes) => setParams({ writes })}
        min={1}
        max={24}
      />
      <Slider
        label={t('labels.writeBytes')}
        value={params.writeBytes}
        onChange={(writeBytes) => setParams({ writeBytes })}
        min={1}
        max={300_000}
        logarithmic
        unit={t('units.octets')}
      />
      {params.writes > 1 ? (
        <Slider
          label={t('labels.writeEveryMs')}
          value={params.writeEveryMs}
          onChange={(writeEveryMs) => setParams({ writeEveryMs })}
          min={0}
          max={2000}
          unit={t('units.ms')}
        />
      ) : null}
      <Toggle label={t('labels.nagle')} checked={params.nagle} onChange={(nagle) => setParams({ nagle })} />
      <Toggle
        label={t('labels.avoidance')}
        checked={params.senderAvoidance}
        onChange={(senderAvoidance) => setParams({ senderAvoidance })}
      />
    </>
  );
}

function PathControls({ params, setParams }: Props) {
  const t = useText();
  return (
    <>
      <Slider
        label={t('labels.oneWayMs')}
        value={params.oneWayMs}
        onChange={(oneWayMs) => setParams({ oneWayMs })}
        min={1}
        max={400}
        logarithmic
        unit={t('units.ms')}
      />
      <Toggle
        label={t('labels.windowScale')}
        checked={params.windowScale}
        onChange={(windowScale) => setParams({ windowScale })}
      />
      <Toggle
        label={t('labels.loseUpdate')}
        checked={params.loseUpdate}
        onChange={(loseUpdate) => setParams({ loseUpdate })}
      />
    </>
  );
}

function ReceiverControls({ params, setParams }: Props) {
  const t = useText();
  return (
    <>
      <Slider
        label={t('labels.bufferBytes')}
        value={params.bufferBytes}
        onChange={(bufferBytes) => setParams({ bufferBytes })}
        min={500}
        max={1_048_576}
        logarithmic
        unit={t('units.octets')}
      />
      <Choice
        label={t('labels.reading')}
        value={params.reading}
        options={(['paced', 'at-once', 'never'] as const).map((id) => ({
          id,
          label: t(`labels.readings.${id}`),
        }))}
        onChange={(reading) => setParams({ reading })}
      />
      {params.reading === 'paced' ? (
        <>
          <Slider
            label={t('labels.readBytes')}
            value={params.readBytes}
            onChange={(readBytes) => setParams({ readBytes })}
            min={1}
            max={1_048_576}
            logarithmic
            unit={t('units.octets')}
          />
          <Slider
            label={t('labels.readEveryMs')}
            value={params.readEveryMs}
            onChange={(readEveryMs) => setParams({ readEveryMs })}
            min={1}
            max={5000}
            logarithmic
            unit={t('units.ms')}
          />
          <Slider
            label={t('labels.readFromMs')}
            value={params.readFromMs}
            onChange={(readFromMs) => setParams({ readFromMs })}
            min={0}
            max={60_000}
            step={100}
            unit={t('units.ms')}
          />
        </>
      ) : null}
      <Toggle
        label={t('labels.delayedAck')}
        checked={params.delayedAck}
        onChange={(delayedAck) => setParams({ delayedAck })}
      />
      <Toggle
        label={t('labels.avoidance')}
        checked={params.receiverAvoidance}
        onChange={(receiverAvoidance) => setParams({ receiverAvoidance })}
      />
    </>
  );
}
