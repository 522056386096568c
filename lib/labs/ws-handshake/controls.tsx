import type { ReactNode } from 'react';
import { useText } from '@/lib/text';
import { Button, Choice, Disclosure, TextField, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { defaults, SAMPLE_KEY, type WsHandshakeParams } from './params';

type Props = Pick<LabViewProps<WsHandshakeParams, unknown>, 'params' | 'setParams'>;

/** The params that are one of a few. */
const choices = {
  client: ['browser', 'program'],
  connection: ['upgrade', 'both', 'lost'],
  method: ['GET', 'POST'],
  httpVersion: ['1.1', '1.0'],
  version: ['13', '8', 'none'],
  protocol: ['chosen', 'invented'],
  accept: ['right', 'echo', 'lower'],
  deflate: ['declined', 'agreed', 'invented'],
  status: ['101', '200'],
} as const;

/** Left what is asked, right what is answered; both can be broken, and what is broken less often is one press away. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  const choose = (name: keyof typeof choices) => (
    <Choice<string>
      key={name}
      label={t(`labels.${name}`)}
      value={params[name]}
      options={choices[name].map((id) => ({ id, label: t(`labels.choices.${name}.${id}`) }))}
      onChange={(id) => setParams({ [name]: id })}
    />
  );
  const write = (name: 'offered' | 'known' | 'key', maxLength: number) => (
    <TextField
      mono
      label={t(`labels.${name}`)}
      value={params[name]}
      maxLength={maxLength}
      onChange={(text) => setParams({ [name]: text })}
    />
  );
  const turn = (name: 'upgrade' | 'offersDeflate') => (
    <Toggle
      label={t(`labels.${name}`)}
      checked={params[name]}
      onChange={(isOn) => setParams({ [name]: isOn })}
    />
  );
  return (
    <div className="ws-handshake-controls">
      <fieldset>
        <legend>{t('labels.browser')}</legend>
        {write('offered', 80)}
        {choose('connection')}
        {choose('client')}
        <More>
          {write('key', 40)}
          {turn('upgrade')}
          {turn('offersDeflate')}
          {(['method', 'httpVersion', 'version'] as const).map(choose)}
        </More>
      </fieldset>
      <fieldset>
        <legend>{t('labels.server')}</legend>
        {write('known', 80)}
        {choose('protocol')}
        {choose('accept')}
        <More>{(['deflate', 'status'] as const).map(choose)}</More>
        <Button onClick={() => setParams({ ...defaults, key: SAMPLE_KEY })}>{t('labels.repair')}</Button>
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
