import { useText } from '@/lib/text';
import { Disclosure } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { FaultsLine } from '../exchange-view/faults-line';
import { ParamChoice, ParamNumber, ParamSlider, ParamToggle } from '../param-fields';
import type { HandshakeParams } from './lab';

type Props = Pick<LabViewProps<HandshakeParams, unknown>, 'params' | 'setParams'>;

/** The scene first; then what belongs to it. */
export function Controls(props: Props) {
  return (
    <div className="lab-controls">
      <div className="exchange-choice">
        <ParamChoice of={props} name="scene" options={['link', 'flood']} />
      </div>
      {props.params.scene === 'link' ? <LinkControls {...props} /> : <FloodControls {...props} />}
    </div>
  );
}

function LinkControls(props: Props) {
  const { params } = props;
  const t = useText();
  return (
    <>
      <div className="exchange-choice">
        <ParamChoice of={props} name="opening" options={['client', 'both', 'nobody', 'no-listener']} />
      </div>
      <div className="exchange-choice">
        <ParamChoice of={props} name="request" options={['none', 'after', 'in-syn']} />
      </div>
      {params.request === 'in-syn' && (
        <div className="exchange-choice">
          <ParamChoice of={props} name="cookie" options={['none', 'ask', 'right', 'wrong']} />
        </div>
      )}
      <div>
        <ParamToggle of={props} name="oldSyn" />
        {params.oldSyn && (
          <p className="exchange-old-syn">
            <ParamNumber of={props} name="oldSynSeq" min={0} max={4_294_967_295} step={1} />
            <ParamNumber of={props} name="oldSynAtMs" min={0} max={20_000} step={1} unit="ms" />
          </p>
        )}
      </div>
      <FaultsLine of={props} />
      <div className="exchange-faults">
        <Disclosure summary={t('labels.more')}>
          {() => (
            <div className="lab-controls">
              <ParamSlider of={props} name="delayMs" min={5} max={500} unit="ms" />
              <ParamNumber of={props} name="clientIsn" min={0} max={4_294_967_295} step={1} />
              <ParamNumber of={props} name="serverIsn" min={0} max={4_294_967_295} step={1} />
            </div>
          )}
        </Disclosure>
      </div>
    </>
  );
}

function FloodControls(props: Props) {
  return (
    <>
      <ParamSlider of={props} name="floodSyns" min={0} max={256} unit="syns" />
      <ParamSlider of={props} name="backlog" min={1} max={128} unit="places" />
      <ParamSlider of={props} name="halfOpenSeconds" min={1} max={120} unit="s" />
      <ParamToggle of={props} name="synCookies" />
    </>
  );
}
