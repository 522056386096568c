'use client';
import { useState } from 'react';
import { FLAG_NAMES, type TcpSegment } from '@/lib/protocols/tcp';
import { useText } from '@/lib/text';
import { TextField, Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { composeSegment } from './compose';
import { FieldInput } from './field-input';
import type { SegmentParams } from './lab';
import { OptionFields } from './option-fields';
import type { SegmentProblem } from './problem';
import type { SegmentResult } from './run';

type Props = Pick<LabViewProps<SegmentParams, SegmentResult>, 'params' | 'setParams' | 'result'>;

const numbers = [
  ['sourcePort', 'source-port', 16],
  ['destinationPort', 'destination-port', 16],
  ['sequenceNumber', 'sequence-number', 32],
  ['acknowledgmentNumber', 'acknowledgment-number', 32],
  ['window', 'window', 16],
  ['urgentPointer', 'urgent-pointer', 16],
] as const;

/** The segment by its fields, as a sender composes it: data offset and checksum follow from them. */
export function ComposePanel({ params, setParams, result }: Props) {
  const t = useText();
  const [problem, setProblem] = useState<SegmentProblem>();
  const { segment, addresses } = result;
  if (!segment) return <p className="lab-note">{t('compose.broken')}</p>;
  const change = (fields: Partial<TcpSegment>) => {
    const composed = composeSegment({ segment, addresses }, fields);
    setProblem('problem' in composed ? composed.problem : undefined);
    if ('octets' in composed) setParams({ octets: composed.octets });
  };
  return (
    <div className="tcp-segment-compose">
      <p className="lab-note">{t('compose.lead')}</p>
      {problem && (
        <p role="alert" className="lab-fails">
          <span className="font-mono">{problem.code}</span> {t(problem.text)}
        </p>
      )}
      <div className="lab-controls">
        {numbers.map(([name, id, bits]) => (
          <FieldInput
            key={name}
            label={t(`fields.${id}`)}
            value={segment[name]}
            bits={bits}
            onChange={(value) => change({ [name]: value })}
          />
        ))}
      </div>
      <fieldset>
        <legend>{t('compose.flags')}</legend>
        <div className="tcp-segment-flags">
          {FLAG_NAMES.map((name) => (
            <Toggle
              key={name}
              label={t(`fields.${name}`)}
              checked={segment.flags[name]}
              onChange={(isSet) => change({ flags: { ...segment.flags, [name]: isSet } })}
            />
          ))}
        </div>
      </fieldset>
      <OptionFields options={segment.options} onChange={(options) => change({ options })} />
      <PayloadField payload={segment.payload} onChange={(payload) => change({ payload })} />
      <fieldset>
        <legend>{t('compose.outside')}</legend>
        <div className="lab-controls">
          {(['source', 'destination'] as const).map((end) => (
            <TextField
              key={end}
              mono
              label={t(`compose.${end}`)}
              value={params[end]}
              maxLength={45}
              error={result.addressProblem ? t(result.addressProblem.text) : undefined}
              onChange={(address) => setParams({ [end]: address })}
            />
          ))}
          <FieldInput
            label={t('compose.shift')}
            hint={t('compose.shiftHint')}
            value={params.shift}
            bits={4}
            onChange={(shift) => setParams({ shift: Math.min(14, shift) })}
          />
        </div>
      </fieldset>
    </div>
  );
}

/** The data as text in UTF-8; octets that are no text can only be replaced. */
function PayloadField(props: { payload: Uint8Array; onChange(payload: Uint8Array): void }) {
  const t = useText();
  const text = new TextDecoder().decode(props.payload);
  return (
    <TextField
      mono
      label={t('compose.data')}
      lines={3}
      value={text}
      hint={t(text.includes('\ufffd') ? 'compose.noText' : 'compose.dataHint', { n: props.payload.length })}
      onChange={(next) => props.onChange(new TextEncoder().encode(next))}
    />
  );
}
