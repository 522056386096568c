import { ALGORITHMS } from '@/lib/protocols/tcp';
import { useText } from '@/lib/text';
import { Button, NumberField, Sign } from '@/lib/ui/controls';
import { hueOf } from '@/lib/ui/layer';
import { MAX_FLOWS_HERE, type CongestionParams, type FlowParams } from './params';

type Props = { params: CongestionParams; setParams(change: Partial<CongestionParams>): void };

/** A line a flow: its algorithm, when it starts, how much further away it is. */
export function FlowList({ params, setParams }: Props) {
  const t = useText();
  const { flows } = params;
  const change = (index: number, part: Partial<FlowParams>) =>
    setParams({ flows: flows.map((flow, i) => (i === index ? { ...flow, ...part } : flow)) });
  return (
    <fieldset className="congestion-flows">
      <legend>{t('labels.flows')}</legend>
      <ul>
        {flows.map((flow, index) => {
          const letter = String.fromCharCode(65 + index);
          return (
            <li key={letter} className={hueOf(index)}>
              <label>
                <span className="congestion-letter">{letter}</span>
                <span className="sr-only">{t('labels.algorithm', { flow: letter })}</span>
                <select
                  value={flow.algorithm}
                  onChange={(event) => {
                    const algorithm = ALGORITHMS.find((name) => name === event.currentTarget.value);
                    if (algorithm) change(index, { algorithm });
                  }}
                >
                  {ALGORITHMS.map((name) => (
                    <option key={name} value={name}>
                      {t('flow.algorithm', { algorithm: name })}
                    </option>
                  ))}
                </select>
              </label>
              <NumberField
                label={t('labels.startMs')}
                value={flow.startMs}
                onChange={(startMs) => change(index, { startMs: Math.round(startMs) })}
                min={0}
                max={20_000}
                step={500}
                unit={t('units.ms')}
              />
              <NumberField
                label={t('labels.extraRttMs')}
                value={flow.extraRttMs}
                onChange={(extraRttMs) => change(index, { extraRttMs: Math.round(extraRttMs) })}
                min={0}
                max={400}
                step={10}
                unit={t('units.ms')}
              />
              <Button
                tone="bare"
                disabled={flows.length === 1}
                aria-label={t('labels.removeFlow', { flow: letter })}
                onClick={() => setParams({ flows: flows.filter((_, i) => i !== index) })}
              >
                <Sign of="cross" />
              </Button>
            </li>
          );
        })}
      </ul>
      {flows.length < MAX_FLOWS_HERE ? (
        <Button
          onClick={() =>
            setParams({
              flows: [...flows, { algorithm: flows.at(-1)?.algorithm ?? 'cubic', startMs: 0, extraRttMs: 0 }],
            })
          }
        >
          {t('labels.addFlow')}
        </Button>
      ) : null}
    </fieldset>
  );
}
