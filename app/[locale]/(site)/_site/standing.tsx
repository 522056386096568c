'use client';
import { SiteLink } from './site-link';
import { lessonProgress, resumePoint } from '@/lib/course/progress';
import type { ChapterOutline, LessonOutline } from '@/lib/course/outline';
import { useProgress } from '@/lib/progress';
import { useText } from '@/lib/text';

/** "3 of 8 lessons done", for the contents. */
export function ChapterTally({ chapter }: { chapter: ChapterOutline }) {
  const t = useText();
  const state = useProgress('state');
  const lessons = chapter.lessons.filter((lesson) => lesson.available);
  const done = lessons.filter((lesson) => lessonProgress(lesson, state[lesson.id]).complete).length;
  return <>{t('standing.chapter', { done, all: lessons.length })}</>;
}

/** A lesson's standing in a word or two, with a bar that says the same. */
export function LessonStanding({ lesson }: { lesson: LessonOutline }) {
  const t = useText();
  const state = useProgress('state');
  const { done, missing } = lessonProgress(lesson, state[lesson.id]);
  const all = done.length + missing.length;
  const words =
    missing.length === 0
      ? t('standing.done')
      : done.length === 0
        ? t('standing.notStarted')
        : t('standing.partly', { done: done.length, all });
  return (
    <span
      className="standing"
      data-state={missing.length === 0 ? 'done' : done.length === 0 ? 'open' : 'partly'}
    >
      <progress max={all} value={done.length} aria-hidden tabIndex={-1} />
      {words}
    </span>
  );
}

/** What counts in a lesson and is not done yet, each linked to where it is. "Why 6 of 7?" has an answer. */
export function MissingList({ lesson, href }: { lesson: LessonOutline; href: string }) {
  const t = useText();
  const state = useProgress('state');
  const { missing } = lessonProgress(lesson, state[lesson.id]);
  if (missing.length === 0) return <p>{t('standing.nothingMissing')}</p>;
  return (
    <details className="missing">
      <summary>{t('standing.missing', { count: missing.length })}</summary>
      <ul>
        {missing.map((requirement) => (
          <li key={`${requirement.kind}:${requirement.id}`}>
            <span className="missing-kind">{t(`standing.kinds.${requirement.kind}`)}</span>{' '}
            <SiteLink href={`${href}#${requirement.anchor}`}>{requirement.label}</SiteLink>
          </li>
        ))}
      </ul>
    </details>
  );
}

type ResumeProps = {
  course: readonly ChapterOutline[];
  locale: string;
  /** Where to begin while nothing is done. */
  fallback: { id: string; label: string };
  className?: string;
};

/** To the first thing that is still missing where the learner was last. */
export function ResumeLink({ course, locale, fallback, className }: ResumeProps) {
  const t = useText();
  const state = useProgress('state');
  const point = resumePoint(course, state);
  const isUnderWay = point !== undefined && point.kind !== 'start';
  const href = isUnderWay
    ? `/${locale}/learn/${point.lesson.id}${point.anchor ? `#${point.anchor}` : ''}`
    : `/${locale}/learn/${fallback.id}`;
  return (
    <SiteLink href={href} className={className}>
      {isUnderWay ? t('standing.resume', { title: point.lesson.title }) : fallback.label}
    </SiteLink>
  );
}
