import { useCallback } from 'react';
import type { NewProgressEvent } from '@/lib/course/events';
import { useRecord } from '@/lib/progress';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Writes down what happens in one lesson; always the same function. */
export function useRecordFor(lesson: string): (event: DistributiveOmit<NewProgressEvent, 'lesson'>) => void {
  const record = useRecord();
  return useCallback((event) => record({ ...event, lesson }), [record, lesson]);
}
