import { labCatalogue, type LabId } from '@/lib/labs/catalogue';
import { loadCourse } from '@/lib/server/content/load-course';
import { loadMessages } from '@/lib/server/text';
import type { Messages } from '@/lib/text';

/** The course with what counts in each lesson, in one language. */
export function courseOf(locale: string) {
  return loadCourse(locale, labCatalogue);
}

/** The messages that a lab brings along; what every frame says comes with the site. */
export function labMessages(locale: string, lab: LabId): Messages {
  return loadMessages(locale, [`labs.${lab}`]);
}
