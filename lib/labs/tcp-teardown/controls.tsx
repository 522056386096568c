import { useText } from '@/lib/text';
import { Button, Choice, Disclosure, Slider, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { TeardownParams } from './lab';

type Props = Pick<LabViewProps<TeardownParams, unknown>, 'params' | 'setParams'>;

/** Who ends it and how; what the other side does; and, one press away, what comes after. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  return (
    <div className="lab-controls">
      <div className="exchange-choice">
        <Choice
          label={t('labels.closer')}
          value={params.closer}
          options={(['client', 'server', 'both'] as const).map((id) => ({
            id,
            label: t(`labels.closers.${id}`),
          }))}
          onChange={(closer) => setParams({ closer })}
        />
      </div>
      <div className="exchange-choice">
        <Choice
          label={t('labels.ending')}
          value={params.ending}
          options={(['close', 'abort', 'crash'] as const).map((id) => ({
            id,
            label: t(`labels.endings.${id}`),
          }))}
          onChange={(ending) => setParams({ ending })}
        />
      </div>
      <div className="exchange-choice">
        <Choice
          label={t('labels.peer')}
          value={params.peer}
          options={(['closes', 'closes-later', 'stays'] as const).map((id) => ({
            id,
            label: t(`labels.peers.${id}`),
          }))}
          onChange={(peer) => setParams({ peer })}
        />
      </div>
      <Slider
        label={t('labels.stillToSend')}
        value={params.stillToSend}
        min={0}
        max={8000}
        step={100}
        unit={t('units.octets')}
        onChange={(stillToSend) => setParams({ stillToSend })}
      />
      <Slider
        label={t('labels.mslSeconds')}
        value={params.mslSeconds}
        min={1}
        max={120}
        unit={t('units.s')}
        onChange={(mslSeconds) => setParams({ mslSeconds })}
      />
      {params.faults !== '' && (
        <p className="exchange-faults">
          {t('labels.faults', { faults: params.faults })}{' '}
          <Button onClick={() => setParams({ faults: '' })}>{t('labels.repair')}</Button>
        </p>
      )}
      <div className="exchange-faults">
        <Disclosure summary={t('labels.again')} open={params.reopenMs > 0 || params.oldCopyMs > 0}>
          <div className="lab-controls">
            <Slider
              label={t('labels.oldCopyMs')}
              value={params.oldCopyMs}
              min={0}
              max={20_000}
              step={10}
              unit={t('units.ms')}
              onChange={(oldCopyMs) => setParams({ oldCopyMs })}
            />
            <Slider
              label={t('labels.reopenMs')}
              value={params.reopenMs}
              min={0}
              max={20_000}
              step={10}
              unit={t('units.ms')}
              onChange={(reopenMs) => setParams({ reopenMs })}
            />
            <Toggle
              label={t('labels.isnClock')}
              checked={params.isnClock}
              onChange={(isnClock) => setParams({ isnClock })}
            />
            <Slider
              label={t('labels.delayMs')}
              value={params.delayMs}
              min={5}
              max={500}
              unit={t('units.ms')}
              onChange={(delayMs) => setParams({ delayMs })}
            />
          </div>
        </Disclosure>
      </div>
    </div>
  );
}
