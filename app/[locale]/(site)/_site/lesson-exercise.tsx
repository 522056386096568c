'use client';
import { Suspense } from 'react';
import type { LabId } from '@/lib/labs/catalogue';
import { createBrowserDrafts, ExercisePanel } from '@/lib/labs/exercise';
import { useLabModule } from '@/lib/labs/host';
import { useProgress } from '@/lib/progress';

type Props = { lab: LabId; lesson: string; stage?: string | undefined };

const drafts = createBrowserDrafts();

/** The code exercise of a lab in a lesson; what is tried is written down, and drafts stay in this browser. */
export function LessonExercise(props: Props) {
  return (
    <Suspense>
      <Loaded {...props} />
    </Suspense>
  );
}

function Loaded({ lab, lesson, stage }: Props) {
  const { record } = useProgress();
  const { exercise } = useLabModule(lab).lab;
  if (!exercise) throw new Error(`the lab ${lab} has no exercise`);
  return (
    <ExercisePanel
      lab={lab}
      exercise={exercise}
      draftStore={drafts}
      onEvent={(event) => record({ ...event, lesson })}
      {...(stage === undefined ? {} : { stage })}
    />
  );
}
