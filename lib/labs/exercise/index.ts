export { ExerciseHost } from './exercise-host';
export type { ExerciseEvent } from './use-exercise';
