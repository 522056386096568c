import type { MDXComponents } from 'mdx/types';
import type { ReactNode } from 'react';
import { createCalc } from './calc';
import { createCheckpoint, Option, Why } from './checkpoint';
import { createRfc } from './citation';
import type { ExerciseSlotProps, LabSlotProps, LessonContext } from './context';
import { createCorrection, createCorrectionSide } from './correction';
import { Figure } from './figure';
import { createLink } from './link';
import { createPredict } from './predict';
import { SectionEnd } from './section-end';
import { createTerm } from './term';

/**
 * The vocabulary of the lessons, bound to one page. Server components, but for the forms of Predict and
 * Checkpoint. lib/lesson/vocabulary.ts lists the attributes of each for the checker.
 */
export function createLessonComponents(context: LessonContext): MDXComponents {
  const { t, lesson, Lab, Exercise } = context;
  return {
    Calc: createCalc(context),
    Checkpoint: createCheckpoint(context),
    Correction: createCorrection(context),
    Exercise: (props: Omit<ExerciseSlotProps, 'lesson'>) => (
      <div id={props.anchor} className="breakout">
        <Exercise {...props} lesson={lesson} />
      </div>
    ),
    Figure,
    Holds: createCorrectionSide(context, 'holds'),
    Lab: (props: Omit<LabSlotProps, 'lesson'>) => (
      <div id={props.anchor} className="breakout">
        <Lab {...props} lesson={lesson} />
      </div>
    ),
    Monday: ({ children }: { children: ReactNode }) => (
      <div className="monday">
        <p className="side-label">{t('lesson.monday.label')}</p>
        {children}
      </div>
    ),
    NotesSay: createCorrectionSide(context, 'notes'),
    Option,
    Predict: createPredict(context),
    Rfc: createRfc(context),
    SectionEnd,
    Term: createTerm(context),
    Why,
    a: createLink(context),
    pre: ({ children }: { children?: ReactNode }) => <pre tabIndex={0}>{children}</pre>,
    table: ({ children }: { children?: ReactNode }) => (
      <div className="table-scroll" role="region" aria-label={t('lesson.table.label')} tabIndex={0}>
        <table>{children}</table>
      </div>
    ),
  };
}
