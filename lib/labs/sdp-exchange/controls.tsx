import { FAULTS } from '@/lib/protocols/webrtc';
import { useText } from '@/lib/text';
import { Button, Disclosure } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { ParamChoice, ParamSlider, ParamToggle } from '../param-fields';
import { CHANGES, MEDIA, SCENES, STRATEGIES, type ExchangeParams } from './params';

type Props = Pick<LabViewProps<ExchangeParams, unknown>, 'params' | 'setParams'>;

/** The scene, what the channel does to it, and what belongs to the scene. */
export function Controls(props: Props) {
  const { params, setParams } = props;
  const t = useText();
  return (
    <div className="lab-controls">
      <div className="sdp-exchange-wide">
        <ParamChoice of={props} name="scene" options={SCENES} />
      </div>
      {params.scene === 'renegotiate' && (
        <div className="sdp-exchange-wide">
          <ParamChoice of={props} name="change" options={CHANGES} />
        </div>
      )}
      {params.scene === 'glare' && (
        <>
          <div className="sdp-exchange-wide">
            <ParamChoice of={props} name="strategy" options={STRATEGIES} />
          </div>
          <ParamSlider of={props} name="secondAfterMs" min={0} max={200} unit="ms" />
        </>
      )}
      <div className="sdp-exchange-wide">
        <ParamChoice of={props} name="fault" options={FAULTS} />
      </div>
      <ParamToggle of={props} name="trickle" />
      {params.lost !== '' && (
        <p className="sdp-exchange-wide sdp-exchange-lost">
          {t('labels.lost', { names: params.lost.replaceAll(',', ', ') })}{' '}
          <Button onClick={() => setParams({ lost: '' })}>{t('labels.repair')}</Button>
        </p>
      )}
      <div className="sdp-exchange-wide">
        <Disclosure summary={t('labels.more')}>{() => <More {...props} />}</Disclosure>
      </div>
    </div>
  );
}

function More(props: Props) {
  return (
    <div className="lab-controls">
      <ParamChoice of={props} name="media" options={MEDIA} />
      <ParamSlider of={props} name="signalingDelayMs" min={0} max={500} unit="ms" />
      <ParamSlider of={props} name="pathDelayMs" min={1} max={300} unit="ms" />
      <ParamSlider of={props} name="gatheringMs" min={5} max={2000} unit="ms" />
    </div>
  );
}
