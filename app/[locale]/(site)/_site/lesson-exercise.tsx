'use client';
import type { LabId } from '@/lib/labs/catalogue';
import { ExerciseHost } from '@/lib/labs/exercise';
import { useRecordFor } from './use-record-for';

type Props = { lab: LabId; lesson: string; stage?: string | undefined };

/** The code exercise of a lab in a lesson; what is tried is written down for that lesson. */
export function LessonExercise({ lesson, ...props }: Props) {
  return <ExerciseHost {...props} onEvent={useRecordFor(lesson)} />;
}
