'use client';
import { memo, Suspense, use } from 'react';
import type { LabId } from '../catalogue';
import { useNear } from '../host/use-near';
import { loadLab } from '../views';
import { createBrowserDrafts, type DraftStore } from './drafts';
import type { ExerciseEvent } from './use-exercise';

type Props = {
  lab: LabId;
  /** One stage only; all by default. */
  stage?: string | undefined;
  onEvent?: ((event: ExerciseEvent) => void) | undefined;
};

const loading = new Map<LabId, ReturnType<typeof load>>();
let drafts: DraftStore | undefined;

function moduleOf(lab: LabId): ReturnType<typeof load> {
  let module = loading.get(lab);
  if (!module) {
    module = load(lab);
    loading.set(lab, module);
  }
  return module;
}

async function load(lab: LabId) {
  const [module, { ExercisePanel }] = await Promise.all([loadLab(lab), import('./exercise-panel')]);
  return { exercise: module.lab.exercise, ExercisePanel };
}

/** The code exercise of a lab, made ready when the reader gets there, as labs are; drafts stay in this browser. */
export const ExerciseHost = memo(function ExerciseHost(props: Props) {
  const { ref, near } = useNear();
  return (
    <div ref={ref}>
      <Suspense>
        <LoadedExercise {...props} near={near} />
      </Suspense>
    </div>
  );
});

function LoadedExercise({ lab, stage, onEvent, near }: Props & { near: Promise<void> }) {
  use(near);
  const { exercise, ExercisePanel } = use(moduleOf(lab));
  if (!exercise) throw new Error(`the lab ${lab} has no exercise`);
  drafts ??= createBrowserDrafts();
  return (
    <ExercisePanel
      lab={lab}
      exercise={exercise}
      draftStore={drafts}
      {...(onEvent === undefined ? {} : { onEvent })}
      {...(stage === undefined ? {} : { stage })}
    />
  );
}
