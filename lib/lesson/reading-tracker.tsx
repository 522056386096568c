'use client';
import { useEffect } from 'react';
import { useRecord } from '@/lib/progress';

/** How long a section's end must be in view to count: not while one scrolls past. */
const READ_AFTER_MS = 800;

/**
 * Records which sections were read: those whose end was in view for a moment. Draws nothing; one observer for
 * the ends that remark-lesson put in.
 */
export function ReadingTracker({ lesson }: { lesson: string }) {
  const record = useRecord();

  useEffect(() => record({ type: 'lesson:opened', lesson }), [record, lesson]);

  useEffect(() => {
    const timers = new Map<Element, ReturnType<typeof setTimeout>>();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        clearTimeout(timers.get(target));
        if (!isIntersecting) continue;
        timers.set(
          target,
          setTimeout(() => {
            observer.unobserve(target);
            const section = target.getAttribute('data-section-end');
            if (section) record({ type: 'section:read', lesson, section });
          }, READ_AFTER_MS),
        );
      }
    });
    for (const end of document.querySelectorAll('[data-section-end]')) observer.observe(end);
    return () => {
      observer.disconnect();
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [record, lesson]);
  return null;
}
