import { isLabId } from '@/lib/labs/catalogue';
import { LessonError, type ExerciseSlotProps, type LabSlotProps } from '@/lib/lesson';
import { TextProvider } from '@/lib/text';
import { labMessages } from './course';
import { LessonExercise } from './lesson-exercise';
import { LessonLab } from './lesson-lab';

/** What a lesson's `<Lab>` becomes on this site. */
export function createLabSlot(locale: string) {
  return function LabSlot({ id, lesson, preset, tasks, predictions, source }: LabSlotProps) {
    if (!isLabId(id)) throw new LessonError(source, `unknown lab "${id}"`);
    return (
      <TextProvider messages={labMessages(locale, id)}>
        <LessonLab
          {...{ id, lesson, preset, tasks, predictions }}
          addresses={{ page: `/${locale}/labs/${id}`, embed: `/embed/${id}` }}
        />
      </TextProvider>
    );
  };
}

/** What a lesson's `<Exercise>` becomes on this site. */
export function createExerciseSlot(locale: string) {
  return function ExerciseSlot({ lab, stage, lesson, source }: ExerciseSlotProps) {
    if (!isLabId(lab)) throw new LessonError(source, `unknown lab "${lab}"`);
    return (
      <TextProvider messages={labMessages(locale, lab)} prefix={`labs.${lab}`}>
        <LessonExercise lab={lab} lesson={lesson} stage={stage} />
      </TextProvider>
    );
  };
}
