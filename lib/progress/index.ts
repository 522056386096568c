/** The browser's side of progress: what is recorded is stored here first and sent from here. */
export { useProgress, useRecord } from './context';
export type { SaveState } from './outbox';
export type { ProgressSnapshot } from './progress-store';
export { ProgressProvider } from './provider';
export { SaveStatus } from './save-status';
