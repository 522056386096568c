import { useState } from 'react';
import { toHex } from '@/lib/bytes';
import { useText } from '@/lib/text';
import { TextField } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { ownOctets, readHex } from './compose';
import { MAX_PASTED, type WsFrameParams } from './params';
import type { WsFrameResult } from './run';

type Props = Pick<LabViewProps<WsFrameParams, WsFrameResult>, 'setParams' | 'result'>;

/** Octets to type or to paste, of one frame or of several; what is no hex is said where it stands. */
export function HexPanel({ setParams, result }: Props) {
  const t = useText();
  const [draft, setDraft] = useState<string>();
  const read = readHex(draft ?? '');
  const tooLong = read.octets.length > MAX_PASTED;
  const { problem } = read;
  const error = problem
    ? `${problem.code}. ${t(`problems.${problem.code}`, { offset: problem.offset })}`
    : tooLong
      ? t('hex.tooLong', { n: read.octets.length, max: MAX_PASTED })
      : undefined;
  return (
    <TextField
      mono
      lines={4}
      label={t('hex.label')}
      hint={t('hex.hint', { max: MAX_PASTED })}
      value={draft ?? toHex(result.octets.subarray(0, MAX_PASTED), ' ')}
      maxLength={2_000}
      error={error}
      onChange={(text) => {
        setDraft(text);
        const { octets, problem: wrong } = readHex(text);
        if (!wrong) setParams(ownOctets(octets));
      }}
      onBlur={() => {
        if (error === undefined) setDraft(undefined);
      }}
    />
  );
}
