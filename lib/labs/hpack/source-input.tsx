'use client';
import { useState } from 'react';
import { toHex } from '@/lib/bytes';
import { useText } from '@/lib/text';
import { Button, TextField } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { HpackParams } from './lab';
import { writeLists } from './parse-lists';
import type { HpackResult } from './run';
import { listsOf } from './sources';

type Props = Pick<LabViewProps<HpackParams, HpackResult>, 'params' | 'setParams' | 'result'>;

/** The learner's own lists, or octets; or the way to them from what is shown. */
export function SourceInput({ params, setParams, result }: Props) {
  const t = useText();
  const { source } = params;
  const problem = result.inputProblem;
  const error = problem && t(problem.text);
  return (
    <div className="hpack-input">
      {source === 'own' && (
        <DraftField
          label={t('lists.label')}
          hint={t('lists.hint')}
          maxLength={6000}
          value={params.lists}
          error={error}
          onChange={(lists) => setParams({ lists })}
        />
      )}
      {source === 'octets' && (
        <DraftField
          label={t('octets.label')}
          hint={t('octets.hint')}
          maxLength={4000}
          value={params.octets}
          error={error}
          onChange={(octets) => setParams({ octets })}
        />
      )}
      {source !== 'own' && source !== 'octets' && (
        <Button onClick={() => setParams({ source: 'own', lists: writeLists(listsOf(params).lists) })}>
          {t('labels.edit')}
        </Button>
      )}
      {source !== 'octets' && result.blocks.length > 0 && (
        <Button
          onClick={() => {
            const octets = result.blocks.map((block) => toHex(block.octets)).join('\n');
            setParams({ source: 'octets', octets });
          }}
        >
          {t('labels.takeOctets')}
        </Button>
      )}
    </div>
  );
}

type DraftFieldProps = {
  label: string;
  hint: string;
  value: string;
  maxLength: number;
  error: string | undefined;
  onChange(value: string): void;
};

/** What is typed stays as typed, also when it is set from elsewhere in between. */
function DraftField({ label, hint, value, maxLength, error, onChange }: DraftFieldProps) {
  const [rows] = useState(() => Math.min(14, Math.max(6, value.split('\n').length + 1)));
  return <TextField mono lines={rows} {...{ label, hint, value, maxLength, error, onChange }} />;
}
