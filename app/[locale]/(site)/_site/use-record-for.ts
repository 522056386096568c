import { useCallback, useEffect, useRef } from 'react';
import type { NewProgressEvent } from '@/lib/course/events';
import { useProgress } from '@/lib/progress';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Writes down what happens in one lesson; always the same function. */
export function useRecordFor(lesson: string): (event: DistributiveOmit<NewProgressEvent, 'lesson'>) => void {
  const { record } = useProgress();
  const latest = useRef(record);
  useEffect(() => {
    latest.current = record;
  }, [record]);
  return useCallback((event) => latest.current({ ...event, lesson }), [lesson]);
}
