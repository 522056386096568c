import { cache } from 'react';
import { labCatalogue, type LabId } from '@/lib/labs/catalogue';
import { messagePrefixes } from '@/lib/labs/message-prefixes';
import { loadCourse } from '@/lib/server/content/load-course';
import { loadMessages } from '@/lib/server/text';
import type { Messages } from '@/lib/text';

/** The course with what counts in each lesson, in one language. */
export function courseOf(locale: string) {
  return loadCourse(locale, labCatalogue);
}

/**
 * The messages that a lab brings along, with those it shares; what every frame says comes with the site. The same
 * object within one page, so that a lesson with five of one lab sends them once.
 */
export const labMessages = cache((locale: string, id: LabId): Messages => {
  return loadMessages(locale, messagePrefixes(labCatalogue[id]));
});
