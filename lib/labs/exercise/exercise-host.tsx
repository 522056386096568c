'use client';
import type { LabId } from '../catalogue';
import { createLoader, Sleeping } from '../host/sleeping';
import { loadLab } from '../views';
import { createBrowserDrafts, type DraftStore } from './drafts';
import type { ExerciseEvent } from './use-exercise';

type Props = {
  lab: LabId;
  /** One stage only; all by default. */
  stage?: string | undefined;
  onEvent?: ((event: ExerciseEvent) => void) | undefined;
};

let drafts: DraftStore | undefined;

const loaderOf = createLoader(async (lab: LabId) => {
  const [module, { ExercisePanel }] = await Promise.all([loadLab(lab), import('./exercise-panel')]);
  const { exercise } = module.lab;
  if (!exercise) throw new Error(`the lab ${lab} has no exercise`);
  drafts ??= createBrowserDrafts();
  return { exercise, ExercisePanel, drafts };
});

/** The code exercise of a lab; it wakes near the screen, as labs do. Drafts stay in this browser. */
export function ExerciseHost({ lab, stage, onEvent }: Props) {
  return (
    <Sleeping load={loaderOf(lab)}>
      {({ exercise, ExercisePanel, drafts: draftStore }) => (
        <ExercisePanel
          {...{ lab, exercise, draftStore }}
          {...(onEvent === undefined ? {} : { onEvent })}
          {...(stage === undefined ? {} : { stage })}
        />
      )}
    </Sleeping>
  );
}
