'use client';
import { useEffect, useState, type ReactNode } from 'react';
import { attachToPage, createBrowserProgress } from './browser';
import { ProgressContext } from './context';

/** Gives the pages below it the learner's progress. One a document, around everything that stays on navigation. */
export function ProgressProvider({ children }: { children: ReactNode }) {
  const [store] = useState(createBrowserProgress);
  useEffect(() => attachToPage(store), [store]);
  return <ProgressContext value={store}>{children}</ProgressContext>;
}
