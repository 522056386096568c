'use client';
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { NewProgressEvent } from '@/lib/course/events';
import { emptySnapshot, type ProgressSnapshot, type ProgressStore } from './progress-store';

/** Null where nothing is recorded: in the embed. */
export const ProgressContext = createContext<ProgressStore | null>(null);

export type Progress = ProgressSnapshot & { record(event: NewProgressEvent): void };

const noStore = { subscribe: () => () => {}, getSnapshot: () => emptySnapshot };

/** What this learner has done, and `record` for what they do. On the server, and before it is known, empty. */
export function useProgress(): Progress {
  const store = useContext(ProgressContext);
  const { subscribe, getSnapshot } = store ?? noStore;
  const snapshot = useSyncExternalStore(subscribe, getSnapshot, () => emptySnapshot);
  return useMemo(
    () => ({ ...snapshot, record: (event: NewProgressEvent) => void store?.record(event) }),
    [snapshot, store],
  );
}
