/** The vocabulary of the lessons' MDX, and the page's text that is made of it. */
export { LessonBody } from './lesson-body';
export { createLessonComponents } from './components';
export { LessonError } from './context';
export type { ExerciseSlotProps, LabSlotProps, LessonContext, TermText } from './context';
