import { OPCODES } from '@/lib/protocols/websocket';
import { useText } from '@/lib/text';
import { Button, Choice, TextField } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { payloadOf, withPayload } from './compose';
import { exampleIds, exampleOf, examples } from './examples';
import { MAX_GIVEN, type WsFrameParams } from './params';
import type { WsFrameResult } from './run';

type Props = Pick<LabViewProps<WsFrameParams, WsFrameResult>, 'params' | 'setParams' | 'result'>;

/** What one begins with: the message, who sends it, and frames to start from. */
export function Controls({ params, setParams }: Props) {
  const t = useText();
  const example = exampleOf(params) ?? '';
  const isOwn = params.source === 'octets';
  return (
    <>
      <div>
        <Choice
          label={t('labels.start')}
          value={example}
          options={exampleIds.map((id) => ({ id, label: t(`examples.${id}.name`) }))}
          onChange={(id) => {
            if (id !== '') setParams(examples[id]);
          }}
        />
        <p className="lab-note">{t(example === '' ? 'examples.own' : `examples.${example}.about`)}</p>
      </div>
      <div className="lab-controls">
        {isOwn ? (
          <div>
            <p className="lab-note">{t('labels.ownOctets')}</p>
            <Button onClick={() => setParams({ source: 'fields' })}>{t('labels.backToFields')}</Button>
          </div>
        ) : (
          <MessageField {...{ params, setParams }} />
        )}
        <Choice
          label={t('labels.from')}
          value={params.from}
          options={(['client', 'server'] as const).map((id) => ({ id, label: t(`labels.ends.${id}`) }))}
          onChange={(from) => setParams({ from, masked: from === 'client' })}
        />
      </div>
    </>
  );
}

/** The payload as text, or a Close's code and reason. */
function MessageField({ params, setParams }: Pick<Props, 'params' | 'setParams'>) {
  const t = useText();
  const payload = payloadOf(params);
  if (params.opcode === OPCODES.close && payload.length >= 2)
    return <CloseFields {...{ payload, setParams }} />;
  // A long payload is its beginning said again; typing makes it what is typed.
  const text = new TextDecoder().decode(payload.subarray(0, MAX_GIVEN));
  const key = text.includes('\ufffd') ? 'noText' : payload.length > MAX_GIVEN ? 'cut' : 'octets';
  return (
    <TextField
      mono
      label={t('labels.message')}
      value={text}
      maxLength={MAX_GIVEN}
      hint={t(`labels.messageHints.${key}`, { n: payload.length })}
      onChange={(next) => setParams(withPayload(new TextEncoder().encode(next).subarray(0, MAX_GIVEN)))}
    />
  );
}

function CloseFields({ payload, setParams }: { payload: Uint8Array; setParams: Props['setParams'] }) {
  const t = useText();
  const code = ((payload[0] ?? 0) << 8) | (payload[1] ?? 0);
  const reason = new TextDecoder().decode(payload.subarray(2));
  const change = (nextCode: number, nextReason: string) => {
    const text = new TextEncoder().encode(nextReason);
    setParams(withPayload(Uint8Array.of(nextCode >> 8, nextCode & 0xff, ...text.subarray(0, MAX_GIVEN - 2))));
  };
  return (
    <>
      <TextField
        mono
        label={t('labels.closeCode')}
        value={String(code)}
        maxLength={5}
        onChange={(text) => {
          if (/^\d{1,5}$/.test(text) && Number(text) <= 0xffff) change(Number(text), reason);
        }}
      />
      <TextField
        mono
        label={t('labels.closeReason')}
        value={reason}
        maxLength={MAX_GIVEN}
        onChange={(text) => change(code, text)}
      />
    </>
  );
}
