import { useText } from '@/lib/text';
import { Button, Choice, Disclosure, NumberField, Slider, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { HandshakeParams } from './lab';

type Props = Pick<LabViewProps<HandshakeParams, unknown>, 'params' | 'setParams'>;

/** The scene first; then what belongs to it. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  return (
    <div className="lab-controls">
      <div className="exchange-choice">
        <Choice
          label={t('labels.scene')}
          value={params.scene}
          options={(['link', 'flood'] as const).map((id) => ({ id, label: t(`labels.scenes.${id}`) }))}
          onChange={(scene) => setParams({ scene })}
        />
      </div>
      {params.scene === 'link' ? (
        <LinkControls params={params} setParams={setParams} />
      ) : (
        <FloodControls params={params} setParams={setParams} />
      )}
    </div>
  );
}

function LinkControls({ params, setParams }: Props) {
  const t = useText();
  return (
    <>
      <div className="exchange-choice">
        <Choice
          label={t('labels.opening')}
          value={params.opening}
          options={(['client', 'both', 'nobody', 'no-listener'] as const).map((id) => ({
            id,
            label: t(`labels.openings.${id}`),
          }))}
          onChange={(opening) => setParams({ opening })}
        />
      </div>
      <div className="exchange-choice">
        <Choice
          label={t('labels.request')}
          value={params.request}
          options={(['none', 'after', 'in-syn'] as const).map((id) => ({
            id,
            label: t(`labels.requests.${id}`),
          }))}
          onChange={(request) => setParams({ request })}
        />
      </div>
      {params.request === 'in-syn' && (
        <div className="exchange-choice">
          <Choice
            label={t('labels.cookie')}
            value={params.cookie}
            options={(['none', 'ask', 'right', 'wrong'] as const).map((id) => ({
              id,
              label: t(`labels.cookies.${id}`),
            }))}
            onChange={(cookie) => setParams({ cookie })}
          />
        </div>
      )}
      <div>
        <Toggle
          label={t('labels.oldSyn')}
          checked={params.oldSyn}
          onChange={(oldSyn) => setParams({ oldSyn })}
        />
        {params.oldSyn && (
          <p className="exchange-old-syn">
            <NumberField
              label={t('labels.oldSynSeq')}
              value={params.oldSynSeq}
              min={0}
              max={4_294_967_295}
              step={1}
              onChange={(oldSynSeq) => setParams({ oldSynSeq })}
            />
            <NumberField
              label={t('labels.oldSynAtMs')}
              value={params.oldSynAtMs}
              min={0}
              max={20_000}
              step={1}
              unit={t('units.ms')}
              onChange={(oldSynAtMs) => setParams({ oldSynAtMs })}
            />
          </p>
        )}
      </div>
      {params.faults !== '' && (
        <p className="exchange-faults">
          {t('labels.faults', { faults: params.faults })}{' '}
          <Button onClick={() => setParams({ faults: '' })}>{t('labels.repair')}</Button>
        </p>
      )}
      <div className="exchange-faults">
        <Disclosure summary={t('labels.more')}>
          {() => (
            <div className="lab-controls">
              <Slider
                label={t('labels.delayMs')}
                value={params.delayMs}
                min={5}
                max={500}
                unit={t('units.ms')}
                onChange={(delayMs) => setParams({ delayMs })}
              />
              <NumberField
                label={t('labels.clientIsn')}
                value={params.clientIsn}
                min={0}
                max={4_294_967_295}
                step={1}
                onChange={(clientIsn) => setParams({ clientIsn })}
              />
              <NumberField
                label={t('labels.serverIsn')}
                value={params.serverIsn}
                min={0}
                max={4_294_967_295}
                step={1}
                onChange={(serverIsn) => setParams({ serverIsn })}
              />
            </div>
          )}
        </Disclosure>
      </div>
    </>
  );
}

function FloodControls({ params, setParams }: Props) {
  const t = useText();
  return (
    <>
      <Slider
        label={t('labels.floodSyns')}
        value={params.floodSyns}
        min={0}
        max={256}
        unit={t('units.syns')}
        onChange={(floodSyns) => setParams({ floodSyns })}
      />
      <Slider
        label={t('labels.backlog')}
        value={params.backlog}
        min={1}
        max={128}
        unit={t('units.places')}
        onChange={(backlog) => setParams({ backlog })}
      />
      <Slider
        label={t('labels.halfOpenSeconds')}
        value={params.halfOpenSeconds}
        min={1}
        max={120}
        unit={t('units.s')}
        onChange={(halfOpenSeconds) => setParams({ halfOpenSeconds })}
      />
      <Toggle
        label={t('labels.synCookies')}
        checked={params.synCookies}
        onChange={(synCookies) => setParams({ synCookies })}
      />
    </>
  );
}
