'use client';
import type * as z from 'zod/mini';
import type { LabId } from '../catalogue';
import { loadLab, type LabModule } from '../views';
import type { LabFrame, LabFrameProps } from './lab-frame';
import { createLoader, Sleeping } from './sleeping';
import { useHash } from './use-hash';

type HostProps = Omit<
  LabFrameProps<z.ZodMiniType<object>, unknown>,
  'lab' | 'View' | 'loadLive' | 'preset' | 'capsule'
> & {
  id: LabId;
  preset?: Readonly<Record<string, unknown>> | undefined;
  /** Takes its state from the address. */
  isAddressed?: boolean | undefined;
};

type Loaded = LabModule & { Frame: typeof LabFrame };

/** A lab and the frame around it: fetched only by pages on which it stands, once, when the reader gets there. */
const loaderOf = createLoader(async (id: LabId): Promise<Loaded> => {
  const [module, frame] = await Promise.all([loadLab(id), import('./lab-frame')]);
  return { ...module, Frame: frame.LabFrame };
});

/** A lab by its id, with the frame around it. The server draws it at its preset; it wakes near the screen. */
export function LabHost(props: HostProps) {
  return <Sleeping load={loaderOf(props.id)}>{(loaded) => <LoadedLab {...props} {...loaded} />}</Sleeping>;
}

function LoadedLab({ id: _id, isAddressed, Frame, ...props }: HostProps & Loaded) {
  const capsule = useHash();
  return <Frame {...props} capsule={isAddressed ? capsule : undefined} />;
}
