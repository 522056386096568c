/**
 * What counts in a lesson. `id` is unique in the lesson for its kind: a heading's id, a prediction's, a
 * checkpoint's; `<lab>.<task>`; `<lab>.<stage>`. A lab's own predictions are `<lab>.<prediction>`.
 */
export type Requirement = {
  kind: 'section' | 'prediction' | 'checkpoint' | 'task' | 'exercise';
  id: string;
  /** For the list of what is missing; in the lesson's language. */
  label: string;
  /** The element on the lesson page that it stands in. */
  anchor: string;
};

export type LessonOutline = {
  /** `<chapter>/<lesson>` */
  id: string;
  chapter: string;
  lesson: string;
  /** False for a lesson that course.yaml names and nobody has written yet. */
  available: boolean;
  title: string;
  summary: string;
  readingMinutes: number;
  labs: readonly string[];
  requirements: readonly Requirement[];
};

export type ChapterOutline = {
  id: string;
  layer: 'link' | 'ip' | 'transport' | 'security' | 'http' | 'application';
  title: string;
  summary: string;
  lessons: readonly LessonOutline[];
};
