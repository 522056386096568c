import type { ComponentType } from 'react';
import type { Text } from '@/lib/text';

/** What a lesson's MDX says of a lab; whoever shows the page brings the host. */
export type LabSlotProps = {
  id: string;
  /** Params that differ from the lab's defaults. */
  preset?: Readonly<Record<string, unknown>> | undefined;
  /** Ids of the lab's tasks and predictions to show here; all by default. */
  tasks?: readonly string[] | undefined;
  predictions?: readonly string[] | undefined;
  /** `<chapter>/<lesson>`, for what is recorded. */
  lesson: string;
  /** The element's id on the page. */
  anchor: string;
  /** Where it stands in the content: `content/en/tcp/slow-start.mdx:42`. */
  source: string;
};

export type ExerciseSlotProps = {
  lab: string;
  /** One stage only; all by default. */
  stage?: string | undefined;
  lesson: string;
  anchor: string;
  source: string;
};

export type TermText = { term: string; long?: string | undefined; definition: string };

/** Everything that the components of one lesson page share. */
export type LessonContext = {
  /** `<chapter>/<lesson>` */
  lesson: string;
  locale: string;
  /** The whole catalogue of the locale. */
  t: Text;
  terms: ReadonlyMap<string, TermText>;
  /** What supports each correction: `RFC 5681 §3.1`. */
  corrections: ReadonlyMap<number, readonly string[]>;
  /** Ids of the lessons that can be opened; links to others say that they are coming. */
  available: ReadonlySet<string>;
  Lab: ComponentType<LabSlotProps>;
  Exercise: ComponentType<ExerciseSlotProps>;
};

/** Something in a lesson is wrong: the build stops and says where. */
export class LessonError extends Error {
  readonly code = 'LESSON_INVALID';
  constructor(source: string | undefined, message: string) {
    super(`${source ?? 'content (no source: was remark-lesson run?)'}: ${message}`);
    this.name = 'LessonError';
  }
}
