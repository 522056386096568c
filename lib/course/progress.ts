import type { LessonState, ProgressState } from './fold';
import type { ChapterOutline, LessonOutline, Requirement } from './outline';

export type LessonProgress = {
  /** In the outline's order, as `missing` is. */
  done: readonly Requirement[];
  missing: readonly Requirement[];
  /** Of the requirements, from 0 to 1. A lesson that requires nothing is done when it has been opened. */
  share: number;
  complete: boolean;
};

/** What is done in a lesson and what is missing. `state` is that of the lesson; none: nothing was done. */
export function lessonProgress(outline: LessonOutline, state: LessonState | undefined): LessonProgress {
  const { requirements } = outline;
  const done = requirements.filter((requirement) => isDone(requirement, state));
  const missing = requirements.filter((requirement) => !isDone(requirement, state));
  const share = requirements.length > 0 ? done.length / requirements.length : state?.opened ? 1 : 0;
  return { done, missing, share, complete: share === 1 };
}

/**
 * A prediction counts when it was made, right or not: that is what it is for. A checkpoint counts when some answer
 * was right, an exercise when the learner's code passed.
 */
function isDone({ kind, id }: Requirement, state: LessonState | undefined): boolean {
  if (!state) return false;
  switch (kind) {
    case 'section':
      return state.sections[id] === true;
    case 'prediction':
      return Object.hasOwn(state.predictions, id);
    case 'checkpoint':
      return state.checkpoints[id]?.everRight === true;
    case 'task':
      return state.tasks[id] === true;
    case 'exercise':
      return state.exercises[id]?.passed === true;
  }
}

export type ResumePoint = {
  /** `start`: nothing done yet; `continue`: in the lesson last worked on; `next`: the following one with work left. */
  kind: 'start' | 'continue' | 'next';
  lesson: LessonOutline;
  /** Where in the lesson's page: the first thing missing; absent for the lesson's beginning. */
  anchor?: string;
};

/**
 * Where to go on: in the lesson worked on last, at the first thing missing; if it is complete, in the next
 * lesson that is not, first after it, then from the course's beginning. Undefined when all is complete.
 */
export function resumePoint(
  course: readonly ChapterOutline[],
  progress: ProgressState,
): ResumePoint | undefined {
  const lessons = course.flatMap((chapter) => chapter.lessons).filter((lesson) => lesson.available);
  const lastAt = lessons.reduce((latest, { id }, index) => {
    const state = progress[id];
    const before = progress[lessons[latest]?.id ?? ''];
    return state && (!before || isLater(state, before)) ? index : latest;
  }, -1);
  const inOrder = [...lessons.slice(Math.max(lastAt, 0)), ...lessons.slice(0, Math.max(lastAt, 0))];
  const lesson = inOrder.find((each) => !lessonProgress(each, progress[each.id]).complete);
  if (!lesson) return undefined;
  const state = progress[lesson.id];
  const kind = lastAt === -1 ? 'start' : lesson === lessons[lastAt] ? 'continue' : 'next';
  const { done, missing } = lessonProgress(lesson, state);
  const anchor = done.length > 0 ? missing[0]?.anchor : undefined;
  return { kind, lesson, ...(anchor === undefined ? {} : { anchor }) };
}

function isLater(a: LessonState, b: LessonState): boolean {
  const byTime = Date.parse(a.lastAt) - Date.parse(b.lastAt);
  return byTime > 0 || (byTime === 0 && a.lastId > b.lastId);
}
