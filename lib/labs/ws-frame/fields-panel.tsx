import { useState } from 'react';
import { fromHex, HexError, toHex } from '@/lib/bytes';
import { opcodeNameOf } from '@/lib/protocols/websocket';
import { useText } from '@/lib/text';
import { Choice, NumberField, TextField, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { MAX_LENGTH, type WsFrameParams } from './params';
import type { WsFrameResult } from './run';

type Props = Pick<LabViewProps<WsFrameParams, WsFrameResult>, 'params' | 'setParams' | 'result'>;

/** Every bit of the header, also those that must not be set. */
export function FieldsPanel({ params, setParams, result }: Props) {
  const t = useText();
  const change = (fields: Partial<WsFrameParams>) => setParams({ ...fields, source: 'fields' });
  return (
    <div className="ws-frame-fields">
      <p className="lab-note">
        {t(params.source === 'octets' ? 'fields-panel.replaces' : 'fields-panel.lead')}
      </p>
      <div className="ws-frame-bits">
        {(['fin', 'rsv1', 'rsv2', 'rsv3', 'masked'] as const).map((name) => (
          <Toggle
            key={name}
            label={t(`fields.${name === 'masked' ? 'mask' : name}`)}
            checked={params[name]}
            onChange={(isSet) => change({ [name]: isSet })}
          />
        ))}
      </div>
      <div className="lab-controls">
        <label className="ws-frame-select">
          <span>{t('fields.opcode')}</span>
          <select
            value={params.opcode}
            onChange={(event) => change({ opcode: Number(event.currentTarget.value) })}
          >
            {Array.from({ length: 16 }, (_, opcode) => (
              <option key={opcode} value={opcode}>
                {t('values.opcode', { opcode, name: opcodeNameOf(opcode) ?? 'reserved' })}
              </option>
            ))}
          </select>
        </label>
        <div>
          <NumberField
            label={t('labels.length')}
            value={params.length}
            min={0}
            max={MAX_LENGTH}
            step={1}
            onChange={(length) => change({ length: Math.round(length) })}
          />
          <p className="lab-note">{t('labels.lengthHint')}</p>
        </div>
        <Choice
          label={t('labels.lengthForm')}
          value={params.lengthForm}
          options={(['shortest', '16', '64'] as const).map((id) => ({
            id,
            label: t(`labels.lengthFormOptions.${id}`),
          }))}
          onChange={(lengthForm) => change({ lengthForm })}
        />
        <KeyField value={params.key} disabled={!params.masked} onChange={(key) => change({ key })} />
      </div>
      <SizeTable result={result} />
    </div>
  );
}

/** Four octets in hex; what is not is said and not taken. */
function KeyField(props: { value: string; disabled: boolean; onChange(key: string): void }) {
  const t = useText();
  const [draft, setDraft] = useState<string>();
  return (
    <TextField
      mono
      label={t('fields.masking-key')}
      value={draft ?? props.value.replace(/(..)(?=.)/g, '$1 ')}
      maxLength={20}
      disabled={props.disabled}
      error={draft === undefined || keyIn(draft) !== undefined ? undefined : t('labels.keyError')}
      onBlur={() => setDraft(undefined)}
      onChange={(text) => {
        setDraft(text);
        const key = keyIn(text);
        if (key !== undefined) props.onChange(key);
      }}
    />
  );
}

function keyIn(text: string): string | undefined {
  try {
    const key = fromHex(text);
    return key.length === 4 ? toHex(key) : undefined;
  } catch (error) {
    if (error instanceof HexError) return undefined;
    throw error;
  }
}

/** The three forms of the length, and which of them this payload takes. */
function SizeTable({ result }: { result: WsFrameResult }) {
  const t = useText();
  const { payload, client, server } = result.sizes;
  const current = payload <= 125 ? '7' : payload <= 0xffff ? '16' : '64';
  return (
    <table className="ws-frame-sizes">
      <caption>{t('sizes.caption', { payload, client, server })}</caption>
      <thead>
        <tr>
          {(['payload', 'second', 'after', 'server', 'client'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`sizes.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(['7', '16', '64'] as const).map((form) => (
          <tr key={form} aria-current={form === current || undefined}>
            {(['payload', 'second', 'after', 'server', 'client'] as const).map((column) => (
              <td key={column}>{t(`sizes.rows.${form}.${column}`)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
