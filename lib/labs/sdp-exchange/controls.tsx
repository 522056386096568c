import { FAULTS } from '@/lib/protocols/webrtc';
import { useText } from '@/lib/text';
import { Button, Choice, Disclosure, Slider, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { CHANGES, MEDIA, SCENES, STRATEGIES, type ExchangeParams } from './params';

type Props = Pick<LabViewProps<ExchangeParams, unknown>, 'params' | 'setParams'>;

/** The scene, what the channel does to it, and what belongs to the scene. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  return (
    <div className="lab-controls">
      <div className="sdp-exchange-wide">
        <Choice
          label={t('labels.scene')}
          value={params.scene}
          options={SCENES.map((id) => ({ id, label: t(`labels.scenes.${id}`) }))}
          onChange={(scene) => setParams({ scene })}
        />
      </div>
      {params.scene === 'renegotiate' && (
        <div className="sdp-exchange-wide">
          <Choice
            label={t('labels.change')}
            value={params.change}
            options={CHANGES.map((id) => ({ id, label: t(`labels.changes.${id}`) }))}
            onChange={(change) => setParams({ change })}
          />
        </div>
      )}
      {params.scene === 'glare' && (
        <>
          <div className="sdp-exchange-wide">
            <Choice
              label={t('labels.strategy')}
              value={params.strategy}
              options={STRATEGIES.map((id) => ({ id, label: t(`labels.strategies.${id}`) }))}
              onChange={(strategy) => setParams({ strategy })}
            />
          </div>
          <Slider
            label={t('labels.secondAfterMs')}
            value={params.secondAfterMs}
            min={0}
            max={200}
            unit={t('units.ms')}
            onChange={(secondAfterMs) => setParams({ secondAfterMs })}
          />
        </>
      )}
      <div className="sdp-exchange-wide">
        <Choice
          label={t('labels.fault')}
          value={params.fault}
          options={FAULTS.map((id) => ({ id, label: t(`labels.faults.${id}`) }))}
          onChange={(fault) => setParams({ fault })}
        />
      </div>
      <Toggle
        label={t('labels.trickle')}
        checked={params.trickle}
        onChange={(trickle) => setParams({ trickle })}
      />
      {params.lost !== '' && (
        <p className="sdp-exchange-wide sdp-exchange-lost">
          {t('labels.lost', { names: params.lost.replaceAll(',', ', ') })}{' '}
          <Button onClick={() => setParams({ lost: '' })}>{t('labels.repair')}</Button>
        </p>
      )}
      <div className="sdp-exchange-wide">
        <Disclosure summary={t('labels.more')}>
          {() => <More params={params} setParams={setParams} />}
        </Disclosure>
      </div>
    </div>
  );
}

function More({ params, setParams }: Props) {
  const t = useText();
  return (
    <div className="lab-controls">
      <Choice
        label={t('labels.media')}
        value={params.media}
        options={MEDIA.map((id) => ({ id, label: t(`labels.medias.${id}`) }))}
        onChange={(media) => setParams({ media })}
      />
      <Slider
        label={t('labels.signalingDelayMs')}
        value={params.signalingDelayMs}
        min={0}
        max={500}
        unit={t('units.ms')}
        onChange={(signalingDelayMs) => setParams({ signalingDelayMs })}
      />
      <Slider
        label={t('labels.pathDelayMs')}
        value={params.pathDelayMs}
        min={1}
        max={300}
        unit={t('units.ms')}
        onChange={(pathDelayMs) => setParams({ pathDelayMs })}
      />
      <Slider
        label={t('labels.gatheringMs')}
        value={params.gatheringMs}
        min={5}
        max={2000}
        unit={t('units.ms')}
        onChange={(gatheringMs) => setParams({ gatheringMs })}
      />
    </div>
  );
}
