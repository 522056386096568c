import type { ComponentType } from 'react';
import type { LabId } from './catalogue';
import type { AnyLab, LabViewProps } from './define-lab';

/** A lab with its picture, loaded on its own so that a page carries only the labs that stand on it. */
export type LabModule = {
  lab: AnyLab;
  View: ComponentType<LabViewProps<never, never>>;
};

const modules: Record<LabId, () => Promise<LabModule>> = {
  'slow-start': async () => {
    const [{ lab }, { default: View }] = await Promise.all([
      import('./slow-start/lab'),
      import('./slow-start/view'),
    ]);
    return { lab, View } as LabModule;
  },
};

export function loadLab(id: LabId): Promise<LabModule> {
  return modules[id]();
}
