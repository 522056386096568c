'use client';
import { useMemo } from 'react';
import type { LabViewProps } from '../define-lab';
import { parseFaults, withFault, writeFaults } from '../exchange-view';
import { ExchangePicture } from '../exchange-view/exchange-picture';
import { Controls } from './controls';
import type { TeardownParams } from './lab';
import { TEARDOWN_MACHINE } from './machine';
import { ORDER_PACKET, type TeardownResult } from './run';
import { shownFromMs, stepsOf } from './steps';

/** Two ends that part, and the link on which they do. */
export default function TeardownView(props: LabViewProps<TeardownParams, TeardownResult>) {
  const { params, setParams, result, at } = props;
  const steps = useMemo(() => stepsOf(result, params), [result, params]);
  return (
    <>
      <Controls params={params} setParams={setParams} />
      <ExchangePicture
        trace={result.trace}
        steps={steps}
        at={at}
        delayMs={params.delayMs}
        fromMs={shownFromMs(result, params)}
        machine={TEARDOWN_MACHINE}
        faults={params.faults}
        onFaults={(faults) => setParams(changeOf(faults, params))}
      />
    </>
  );
}

/** The late copy of the order has a control of its own; dragging it moves that one. */
function changeOf(text: string, { oldCopyMs }: TeardownParams): Partial<TeardownParams> {
  const faults = parseFaults(text);
  const { duplicateAfterMs, ...others } = faults[ORDER_PACKET] ?? {};
  if (oldCopyMs === 0 || duplicateAfterMs === undefined) return { faults: text };
  return { oldCopyMs: duplicateAfterMs, faults: writeFaults(withFault(faults, ORDER_PACKET, others)) };
}
