'use client';
import type { LabId } from '@/lib/labs/catalogue';
import { LabHost } from '@/lib/labs/host';
import { useRecordFor } from './use-record-for';

type Props = {
  id: LabId;
  lesson: string;
  addresses: { page: string; embed: string };
  preset?: Readonly<Record<string, unknown>> | undefined;
  tasks?: readonly string[] | undefined;
  predictions?: readonly string[] | undefined;
};

/** A lab in a lesson: what happens in it is written down for that lesson. */
export function LessonLab({ lesson, ...props }: Props) {
  return <LabHost {...props} onEvent={useRecordFor(lesson)} />;
}
