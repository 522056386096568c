import type { NewProgressEvent, ProgressEvent } from './events';

/** What a learner answered to one question. Time is the client's: it orders the tries of one device. */
export type Answered = {
  /** Of the first try, which is what a prediction is worth. */
  firstAnswer: string;
  firstRight: boolean;
  /** Of the latest try. */
  answer: string;
  right: boolean;
  /** Whether any try was right. */
  everRight: boolean;
  tries: number;
};

export type Exercised = { attempts: number; passed: boolean; solutionShown: boolean };

/** What was done in one lesson; keys are those of `Requirement.id`. Plain data: it crosses to the browser. */
export type LessonState = {
  /** The client's time of the first and the latest event, ISO 8601. */
  firstAt: string;
  lastAt: string;
  /** The latest event's id: settles which lesson was last, when two events have the same time. */
  lastId: string;
  opened: boolean;
  sections: Readonly<Record<string, true>>;
  predictions: Readonly<Record<string, Answered>>;
  checkpoints: Readonly<Record<string, Answered>>;
  /** `<lab>.<task>` */
  tasks: Readonly<Record<string, true>>;
  /** `<lab>.<stage>` */
  exercises: Readonly<Record<string, Exercised>>;
};

/** By lesson id; a lesson without events is absent. */
export type ProgressState = Readonly<Record<string, LessonState>>;

export const emptyProgress: ProgressState = {};

/**
 * What a log comes to. The order of the events does not matter, nor how often one is repeated: two devices are
 * merged by folding both logs together.
 */
export function foldProgress(events: readonly ProgressEvent[]): ProgressState {
  const unique = [...new Map(events.map((event) => [event.id, event])).values()].sort(byTime);
  const lessons: Record<string, ProgressEvent[]> = {};
  for (const event of unique) (lessons[event.lesson] ??= []).push(event);
  return Object.fromEntries(Object.entries(lessons).map(([lesson, log]) => [lesson, foldLesson(log)]));
}

/** Whether folding `event` in would leave what counts as it is: it need not be recorded. */
export function addsNothing(state: ProgressState, event: NewProgressEvent): boolean {
  const lesson = state[event.lesson];
  if (!lesson) return false;
  if (event.type === 'section:read') return lesson.sections[event.section] === true;
  if (event.type === 'task:passed') return lesson.tasks[`${event.lab}.${event.task}`] === true;
  if (event.type === 'exercise:solution-shown') {
    return lesson.exercises[`${event.lab}.${event.stage}`]?.solutionShown === true;
  }
  return false;
}

/** Earlier first; the id makes it a total order, the same on every device. Zone-less: `at` is always UTC. */
function byTime(a: ProgressEvent, b: ProgressEvent): number {
  return compare(Date.parse(a.at), Date.parse(b.at)) || compare(a.id, b.id);
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `log` is one lesson's, by time, not empty. */
function foldLesson(log: readonly ProgressEvent[]): LessonState {
  const first = log[0] as ProgressEvent;
  const last = log.at(-1) as ProgressEvent;
  const sections: Record<string, true> = {};
  const predictions: Record<string, Answered> = {};
  const checkpoints: Record<string, Answered> = {};
  const tasks: Record<string, true> = {};
  const exercises: Record<string, Exercised> = {};
  for (const event of log) {
    switch (event.type) {
      case 'lesson:opened':
        break;
      case 'section:read':
        sections[event.section] = true;
        break;
      case 'prediction:made':
        predictions[event.prediction] = answered(predictions[event.prediction], event);
        break;
      case 'checkpoint:answered':
        checkpoints[event.checkpoint] = answered(checkpoints[event.checkpoint], event);
        break;
      case 'task:passed':
        tasks[`${event.lab}.${event.task}`] = true;
        break;
      case 'exercise:attempted':
      case 'exercise:solution-shown':
        exercises[`${event.lab}.${event.stage}`] = exercised(exercises[`${event.lab}.${event.stage}`], event);
    }
  }
  const opened = log.some((event) => event.type === 'lesson:opened');
  return {
    firstAt: first.at,
    lastAt: last.at,
    lastId: last.id,
    opened,
    sections,
    predictions,
    checkpoints,
    tasks,
    exercises,
  };
}

function answered(
  before: Answered | undefined,
  { answer, right }: { answer: string; right: boolean },
): Answered {
  return {
    firstAnswer: before?.firstAnswer ?? answer,
    firstRight: before?.firstRight ?? right,
    answer,
    right,
    everRight: right || (before?.everRight ?? false),
    tries: (before?.tries ?? 0) + 1,
  };
}

function exercised(
  before: Exercised = { attempts: 0, passed: false, solutionShown: false },
  event: Extract<ProgressEvent, { type: 'exercise:attempted' | 'exercise:solution-shown' }>,
): Exercised {
  if (event.type === 'exercise:solution-shown') return { ...before, solutionShown: true };
  return { ...before, attempts: before.attempts + 1, passed: before.passed || event.passed };
}
