'use client';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { NewProgressEvent } from '@/lib/course/events';
import { emptySnapshot, type ProgressSnapshot, type ProgressStore } from './progress-store';

/** Null where nothing is recorded: in the embed. */
export const ProgressContext = createContext<ProgressStore | null>(null);

const noStore = { subscribe: () => () => {}, getSnapshot: () => emptySnapshot };

/**
 * One part of this learner's progress; on the server, and before it is known, empty. Who asks is drawn again when that
 * part changes, and not while an event is merely on its way.
 */
export function useProgress<Part extends keyof ProgressSnapshot>(part: Part): ProgressSnapshot[Part] {
  const { subscribe, getSnapshot } = useContext(ProgressContext) ?? noStore;
  return useSyncExternalStore(
    subscribe,
    () => getSnapshot()[part],
    () => emptySnapshot[part],
  );
}

/** Takes what the learner does. The same function in every drawing; does nothing where nothing is recorded. */
export function useRecord(): (event: NewProgressEvent) => void {
  const store = useContext(ProgressContext);
  return useCallback((event) => void store?.record(event), [store]);
}
