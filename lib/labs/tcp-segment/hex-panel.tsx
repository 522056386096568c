'use client';
import { useState } from 'react';
import { fromHex, HexError, toHex } from '@/lib/bytes';
import { useText } from '@/lib/text';
import { TextField } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { unwrapPacket } from './compose';
import { MAX_OCTETS, type SegmentParams } from './lab';
import { problemOf, type SegmentProblem } from './problem';
import type { SegmentResult } from './run';

type Props = Pick<LabViewProps<SegmentParams, SegmentResult>, 'setParams' | 'result'>;

/** Octets to paste, from an analyser or a log; what is no hex is said where it stands. */
export function HexPanel({ setParams, result }: Props) {
  const t = useText();
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<SegmentProblem>();
  const [unwrapped, setUnwrapped] = useState(false);
  const enter = (text: string) => {
    setDraft(text);
    const read = readHex(text);
    setProblem(read instanceof Uint8Array ? undefined : read);
    if (!(read instanceof Uint8Array)) return;
    const { segment, addresses } = unwrapPacket(read);
    setUnwrapped(addresses !== undefined);
    if (segment.length > MAX_OCTETS) return setProblem(problemOf('SEGMENT_TOO_LONG', segment));
    setParams({ octets: toHex(segment), ...addresses });
  };
  return (
    <div className="tcp-segment-compose">
      <TextField
        mono
        lines={6}
        label={t('hex.label')}
        hint={t(unwrapped ? 'hex.unwrapped' : 'hex.hint', { max: MAX_OCTETS })}
        value={draft ?? toHex(result.octets, ' ')}
        maxLength={2_000}
        error={problem && `${problem.code}. ${t(problem.text)}`}
        onChange={enter}
        onBlur={() => {
          if (problem === undefined) setDraft(undefined);
        }}
      />
    </div>
  );
}

function readHex(text: string): Uint8Array | SegmentProblem {
  try {
    return fromHex(text);
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    return problemOf(error);
  }
}
