'use client';
import { Suspense, use } from 'react';
import type * as z from 'zod/mini';
import type { LabId } from '../catalogue';
import { loadLab, type LabModule } from '../views';
import { LabFrame, type LabFrameProps } from './lab-frame';
import { useHash } from './use-hash';

type HostProps = Omit<LabFrameProps<z.ZodMiniType<object>, unknown>, 'lab' | 'View' | 'preset'> & {
  id: LabId;
  preset?: Readonly<Record<string, unknown>> | undefined;
};

const loading = new Map<LabId, Promise<LabModule>>();

/** A lab's code is fetched only by pages on which it stands, and once. */
function moduleOf(id: LabId): Promise<LabModule> {
  let module = loading.get(id);
  if (!module) {
    module = loadLab(id);
    loading.set(id, module);
  }
  return module;
}

/** A lab by its id, with the frame around it. Rendered on the server at its preset. */
export function LabHost(props: HostProps) {
  return (
    <Suspense>
      <LoadedLab {...props} />
    </Suspense>
  );
}

function LoadedLab({ id, ...props }: HostProps) {
  return <LabFrame {...useLabModule(id)} {...props} />;
}

/** The lab and its view, once they are there; suspends until then. */
export function useLabModule(id: LabId): LabModule {
  return use(moduleOf(id));
}

/** A lab on a page of its own, which takes its state from the address. */
export function StandaloneLab(props: Pick<HostProps, 'id' | 'addresses'>) {
  return <LabHost {...props} capsule={useHash()} headingLevel={1} />;
}
