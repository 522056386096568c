'use client';
import { lazy, Suspense, type ComponentType } from 'react';
import type * as z from 'zod/mini';
import type { LabId } from '../catalogue';
import { loadLab } from '../views';
import { useHash } from './use-hash';
import { LabFrame, type LabFrameProps } from './lab-frame';

type HostProps = Omit<LabFrameProps<z.ZodMiniType<object>, unknown>, 'lab' | 'View' | 'preset'> & {
  id: LabId;
  preset?: Readonly<Record<string, unknown>> | undefined;
};

const frames = new Map<LabId, ComponentType<Omit<HostProps, 'id'>>>();

/** One lazy frame a lab: its code is fetched only by pages on which it stands, and once. */
function frameOf(id: LabId): ComponentType<Omit<HostProps, 'id'>> {
  let frame = frames.get(id);
  if (!frame) {
    frame = lazy(async () => {
      const { lab, View } = await loadLab(id);
      const Loaded = (props: Omit<HostProps, 'id'>) => (
        <LabFrame {...props} lab={lab} View={View} preset={props.preset} />
      );
      return { default: Loaded };
    });
    frames.set(id, frame);
  }
  return frame;
}

/** A lab by its id, with the frame around it. Rendered on the server at its preset. */
export function LabHost({ id, ...props }: HostProps) {
  const Frame = frameOf(id);
  return (
    <Suspense>
      <Frame {...props} />
    </Suspense>
  );
}

/** A lab on a page of its own, which takes its state from the address. */
export function StandaloneLab(props: Pick<HostProps, 'id' | 'addresses'>) {
  return <LabHost {...props} capsule={useHash()} headingLevel={1} />;
}
