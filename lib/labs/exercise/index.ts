export { ExercisePanel, type ExercisePanelProps } from './exercise-panel';
export { createBrowserDrafts, type DraftStore } from './drafts';
export type { ExerciseEvent } from './use-exercise';
