import type { ReactNode } from 'react';
import { useText } from '@/lib/text';
import { Button, Disclosure } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { ParamChoice, ParamText, ParamToggle } from '../param-fields';
import { defaults, SAMPLE_KEY, type WsHandshakeParams } from './params';

type Props = Pick<LabViewProps<WsHandshakeParams, unknown>, 'params' | 'setParams'>;

/** Left what is asked, right what is answered; both can be broken, and what is broken less often is one press away. */
export function Controls(props: Props) {
  const t = useText();
  return (
    <div className="ws-handshake-controls">
      <fieldset>
        <legend>{t('labels.browser')}</legend>
        <ParamText of={props} name="offered" maxLength={80} mono />
        <ParamChoice of={props} name="connection" options={['upgrade', 'both', 'lost']} />
        <ParamChoice of={props} name="client" options={['browser', 'program']} />
        <More>
          <ParamText of={props} name="key" maxLength={40} mono />
          <ParamToggle of={props} name="upgrade" />
          <ParamToggle of={props} name="offersDeflate" />
          <ParamChoice of={props} name="method" options={['GET', 'POST']} />
          <ParamChoice of={props} name="httpVersion" options={['1.1', '1.0']} />
          <ParamChoice of={props} name="version" options={['13', '8', 'none']} />
        </More>
      </fieldset>
      <fieldset>
        <legend>{t('labels.server')}</legend>
        <ParamText of={props} name="known" maxLength={80} mono />
        <ParamChoice of={props} name="protocol" options={['chosen', 'invented']} />
        <ParamChoice of={props} name="accept" options={['right', 'echo', 'lower']} />
        <More>
          <ParamChoice of={props} name="deflate" options={['declined', 'agreed', 'invented']} />
          <ParamChoice of={props} name="status" options={['101', '200']} />
        </More>
        <Button onClick={() => props.setParams({ ...defaults, key: SAMPLE_KEY })}>
          {t('labels.repair')}
        </Button>
      </fieldset>
    </div>
  );
}

function More({ children }: { children: ReactNode }) {
  const t = useText();
  return (
    <Disclosure summary={t('labels.more')}>
      <div className="ws-handshake-more">{children}</div>
    </Disclosure>
  );
}
