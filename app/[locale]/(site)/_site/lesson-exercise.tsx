'use client';
import type { LabId } from '@/lib/labs/catalogue';

type Props = { lab: LabId; lesson: string; stage?: string | undefined };

export function LessonExercise(_props: Props) {
  return null;
}
