import { useText } from '@/lib/text';
import { Button, Choice, TextField, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { defaults, SAMPLE_KEY, type WsHandshakeParams } from './params';

type Props = Pick<LabViewProps<WsHandshakeParams, unknown>, 'params' | 'setParams'>;
const requestChoices = {
  method: ['GET', 'POST'],
  httpVersion: ['1.1', '1.0'],
  version: ['13', '8', 'none'],
} as const;
const connections = ['upgrade', 'both', 'lost'] as const;
const answerChoices = {
  status: ['101', '200'],
  accept: ['right', 'echo', 'lower'],
  protocol: ['chosen', 'invented'],
  deflate: ['declined', 'agreed', 'invented'],
} as const;

/** Left what the browser asks, right what the server says; both can be broken. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  return (
    <div className="ws-handshake-controls">
      <fieldset>
        <legend>{t('labels.browser')}</legend>
        <Choice
          label={t('labels.client')}
          value={params.client}
          options={(['browser', 'program'] as const).map((id) => ({ id, label: t(`labels.clients.${id}`) }))}
          onChange={(client) => setParams({ client })}
        />
        <TextField
          mono
          label={t('labels.offered')}
          value={params.offered}
          maxLength={80}
          onChange={(offered) => setParams({ offered })}
        />
        <TextField
          mono
          label={t('labels.key')}
          value={params.key}
          maxLength={40}
          onChange={(key) => setParams({ key })}
        />
        <Toggle
          label={t('labels.upgrade')}
          checked={params.upgrade}
          onChange={(upgrade) => setParams({ upgrade })}
        />
        <Toggle
          label={t('labels.offersDeflate')}
          checked={params.offersDeflate}
          onChange={(offersDeflate) => setParams({ offersDeflate })}
        />
        <Choice
          label={t('labels.connection')}
          value={params.connection}
          options={connections.map((id) => ({ id, label: t(`labels.connections.${id}`) }))}
          onChange={(connection) => setParams({ connection })}
        />
        {(['method', 'httpVersion', 'version'] as const).map((name) => (
          <Choice<string>
            key={name}
            label={t(`labels.${name}`)}
            value={params[name]}
            options={requestChoices[name].map((id) => ({ id, label: id === 'none' ? t('labels.none') : id }))}
            onChange={(id) => setParams({ [name]: id })}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('labels.server')}</legend>
        <TextField
          mono
          label={t('labels.known')}
          value={params.known}
          maxLength={80}
          onChange={(known) => setParams({ known })}
        />
        {(['protocol', 'deflate', 'accept', 'status'] as const).map((name) => (
          <Choice<string>
            key={name}
            label={t(`labels.${name}`)}
            value={params[name]}
            options={answerChoices[name].map((id) => ({ id, label: t(`labels.answers.${name}.${id}`) }))}
            onChange={(id) => setParams({ [name]: id })}
          />
        ))}
        <Button onClick={() => setParams({ ...defaults, key: SAMPLE_KEY })}>{t('labels.repair')}</Button>
      </fieldset>
    </div>
  );
}
