import type { ComponentType } from 'react';
import type * as z from 'zod/mini';
import type { LabId } from './catalogue';
import type { Lab, LabViewProps } from './define-lab';

/** A lab with its picture, whose params and result only the two of them know. */
export type LabModule = {
  lab: Lab<z.ZodMiniType<object>>;
  View: ComponentType<LabViewProps<object, unknown>>;
};

/** Each is loaded on its own, so that a page carries only the labs that stand on it. */
const modules: Record<LabId, () => Promise<LabModule>> = {
  bdp: async () => {
    const [{ lab }, { default: View }] = await Promise.all([import('./bdp/lab'), import('./bdp/view')]);
    return { lab, View } as unknown as LabModule;
  },
  'head-of-line': async () => {
    const [{ lab }, { default: View }] = await Promise.all([
      import('./head-of-line/lab'),
      import('./head-of-line/view'),
    ]);
    return { lab, View } as unknown as LabModule;
  },
  'slow-start': async () => {
    const [{ lab }, { default: View }] = await Promise.all([
      import('./slow-start/lab'),
      import('./slow-start/view'),
    ]);
    return { lab, View } as unknown as LabModule;
  },
  'tcp-tuning': async () => {
    const [{ lab }, { default: View }] = await Promise.all([
      import('./tcp-tuning/lab'),
      import('./tcp-tuning/view'),
    ]);
    return { lab, View } as unknown as LabModule;
  },
};

export function loadLab(id: LabId): Promise<LabModule> {
  return modules[id]();
}
