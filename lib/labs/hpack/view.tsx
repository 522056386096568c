'use client';
import { useText } from '@/lib/text';
import type { LabViewProps } from '../define-lab';
import { BlockStrip } from './block-strip';
import { Controls } from './controls';
import type { HpackParams } from './lab';
import { RepresentationBits } from './representation-bits';
import type { HpackResult } from './run';
import { SizeBars } from './size-bars';
import { SourceInput } from './source-input';
import { Tables } from './tables';
import { Verdict } from './verdict';

/** What is sent, the block in octets, what the chosen octets mean, and both tables after them. */
export default function HpackView(props: LabViewProps<HpackParams, HpackResult>) {
  const { params, setParams, result, at, setAt } = props;
  const t = useText();
  const moment = result.moments[Math.min(at, result.moments.length - 1)];
  const block = moment && result.blocks[moment.block];
  return (
    <>
      <Controls {...{ params, setParams, result }} />
      <SourceInput {...{ params, setParams, result }} />
      <div className="screen hpack-picture">
        {moment && block ? (
          <>
            <BlockStrip {...{ result, moment, setAt }} />
            <RepresentationBits {...{ block, moment }} />
            <Verdict {...{ result, moment }} />
            <Tables {...{ result, moment, at }} isAlone={params.source === 'octets'} />
          </>
        ) : (
          <p className="lab-note">{t('picture.nothing')}</p>
        )}
        <SizeBars result={result} current={moment?.block ?? 0} />
      </div>
    </>
  );
}
