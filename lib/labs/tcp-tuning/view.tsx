'use client';
import type { LabViewProps } from '../define-lab';
import { Checklist } from './checklist';
import { Controls } from './controls';
import { JourneyBars } from './journey-bars';
import type { TcpTuningParams } from './lab';
import type { TcpTuningResult } from './run';

type Props = LabViewProps<TcpTuningParams, TcpTuningResult>;

/** What the user waits for, before and now; below it the switches, each with what it brings. */
export default function TcpTuningView({ params, setParams, result, at }: Props) {
  return (
    <>
      <Controls params={params} setParams={setParams} />
      <div className="screen tuning-picture">
        <JourneyBars result={result} legsShown={at + 1} />
        <Checklist result={result} setParams={setParams} />
      </div>
    </>
  );
}
