'use client';
import { useMemo } from 'react';
import type { LabViewProps } from '../define-lab';
import { ExchangePicture } from '../exchange-view/exchange-picture';
import { Controls } from './controls';
import { FloodPicture } from './flood-picture';
import type { HandshakeParams } from './lab';
import { HANDSHAKE_MACHINE } from './machine';
import type { HandshakeResult } from './run';
import { floodSteps, linkSteps } from './steps';

/** Two ends and the link that the learner breaks; or a listener, its memory and a flood. */
export default function HandshakeView(props: LabViewProps<HandshakeParams, HandshakeResult>) {
  const { params, setParams, result, at } = props;
  const steps = useMemo(() => (result.scene === 'link' ? linkSteps(result, params) : []), [result, params]);
  return (
    <>
      <Controls params={params} setParams={setParams} />
      {result.scene === 'link' ? (
        <ExchangePicture
          trace={result.trace}
          steps={steps}
          at={at}
          delayMs={params.delayMs}
          machine={HANDSHAKE_MACHINE}
          faults={params.faults}
          onFaults={(faults) => setParams({ faults })}
          onMoveInjected={(oldSynAtMs) => setParams({ oldSynAtMs })}
        />
      ) : (
        <FloodPicture flood={result.flood} steps={floodSteps(result.flood)} at={at} params={params} />
      )}
    </>
  );
}
