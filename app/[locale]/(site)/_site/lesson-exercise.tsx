'use client';
import { lazy, Suspense, useMemo } from 'react';
import type { LabId } from '@/lib/labs/catalogue';
import { createBrowserDrafts, ExercisePanel } from '@/lib/labs/exercise';
import { loadLab } from '@/lib/labs/views';
import { useProgress } from '@/lib/progress';

type Props = { lab: LabId; lesson: string; stage?: string | undefined };

const drafts = createBrowserDrafts();

/** The code exercise of a lab in a lesson; what is tried is written down, and drafts stay in this browser. */
export function LessonExercise({ lab, lesson, stage }: Props) {
  const { record } = useProgress();
  const Panel = useMemo(
    () =>
      lazy(async () => {
        const { exercise } = (await loadLab(lab)).lab;
        if (!exercise) throw new Error(`lab ${lab} has no exercise`);
        return {
          default: ({ onEvent }: Pick<Parameters<typeof ExercisePanel>[0], 'onEvent'>) => (
            <ExercisePanel
              lab={lab}
              exercise={exercise}
              draftStore={drafts}
              {...(stage ? { stage } : {})}
              {...(onEvent ? { onEvent } : {})}
            />
          ),
        };
      }),
    [lab, stage],
  );
  return (
    <Suspense>
      <Panel onEvent={(event) => record({ ...event, lesson })} />
    </Suspense>
  );
}
