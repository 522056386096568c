'use client';
import { memo, Suspense, use } from 'react';
import type * as z from 'zod/mini';
import type { LabId } from '../catalogue';
import { loadLab } from '../views';
import type { LabFrameProps } from './lab-frame';
import { useHash } from './use-hash';
import { useNear } from './use-near';

type HostProps = Omit<
  LabFrameProps<z.ZodMiniType<object>, unknown>,
  'lab' | 'View' | 'preset' | 'capsule'
> & {
  id: LabId;
  preset?: Readonly<Record<string, unknown>> | undefined;
  /** Takes its state from the address. */
  isAddressed?: boolean | undefined;
};

const loading = new Map<LabId, ReturnType<typeof load>>();

/** A lab and the frame around it: fetched only by pages on which it stands, once, when the reader gets there. */
function moduleOf(id: LabId): ReturnType<typeof load> {
  let module = loading.get(id);
  if (!module) {
    module = load(id);
    loading.set(id, module);
  }
  return module;
}

async function load(id: LabId) {
  const [module, { LabFrame }] = await Promise.all([loadLab(id), import('./lab-frame')]);
  return { ...module, LabFrame };
}

/**
 * A lab by its id, with the frame around it. The server draws it at its preset, and that picture stays until the
 * lab comes near the screen. Its props must stay the same until then (hence memo): React drops the server's
 * picture when a part that it has not taken over yet is given new ones.
 */
export const LabHost = memo(function LabHost(props: HostProps) {
  const { ref, near } = useNear();
  return (
    <div ref={ref}>
      <Suspense>
        <LoadedLab {...props} near={near} />
      </Suspense>
    </div>
  );
});

function LoadedLab({ id, near, isAddressed, ...props }: HostProps & { near: Promise<void> }) {
  use(near);
  const { LabFrame, lab, View } = use(moduleOf(id));
  const capsule = useHash();
  return <LabFrame lab={lab} View={View} {...props} capsule={isAddressed ? capsule : undefined} />;
}
