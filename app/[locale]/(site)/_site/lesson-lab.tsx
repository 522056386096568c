'use client';
import type { LabId } from '@/lib/labs/catalogue';
import { LabHost } from '@/lib/labs/host';
import { useProgress } from '@/lib/progress';

type Props = {
  id: LabId;
  lesson: string;
  locale: string;
  preset?: Readonly<Record<string, unknown>> | undefined;
  tasks?: readonly string[] | undefined;
  predictions?: readonly string[] | undefined;
};

/** A lab in a lesson: what happens in it is written down for that lesson. */
export function LessonLab({ id, lesson, locale, ...props }: Props) {
  const { record } = useProgress();
  return (
    <LabHost
      {...props}
      id={id}
      addresses={{ page: `/${locale}/labs/${id}`, embed: `/embed/${id}` }}
      onEvent={(event) => record({ ...event, lesson })}
    />
  );
}
