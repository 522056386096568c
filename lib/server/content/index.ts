/** The course as it stands in content/: read, checked and put in order. Server only. */
export { loadCorrections, loadCourse, type ChapterPage } from './load-course';
export { loadGlossary, type Term } from './load-glossary';
export { loadLesson, type LessonPage } from './load-lesson';
export { ContentError, writeProblem, type Problem } from './problem';
export type { LabCatalogue } from './requirements';
