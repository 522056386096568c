import type { Metadata } from 'next';
import { SiteLink } from '../../../_site/site-link';
import { notFound } from 'next/navigation';
import { labCatalogue } from '@/lib/labs/catalogue';
import { LessonBody } from '@/lib/lesson';
import { loadLesson } from '@/lib/server/content';
import { importLesson } from '@/lib/server/content/lesson-module';
import { textOf } from '@/lib/server/text';
import { courseOf } from '../../../_site/course';
import { createExerciseSlot, createLabSlot } from '../../../_site/lesson-slots';
import { LessonStanding, MissingList } from '../../../_site/standing';

type Params = { locale: string; chapter: string; lesson: string };
type Props = { params: Promise<Params> };

export const dynamicParams = false;

export function generateStaticParams({ params }: { params: Pick<Params, 'locale'> }) {
  return courseOf(params.locale)
    .flatMap(({ lessons }) => lessons)
    .filter(({ available }) => available)
    .map(({ chapter, lesson }) => ({ chapter, lesson }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, chapter, lesson } = await params;
  const found = loadLesson(locale, chapter, lesson, labCatalogue);
  return found ? { title: found.outline.title, description: found.outline.summary } : {};
}

export default async function LessonPage({ params }: Props) {
  const { locale, chapter: chapterId, lesson } = await params;
  const found = loadLesson(locale, chapterId, lesson, labCatalogue);
  const course = courseOf(locale);
  const chapter = course.find(({ id }) => id === chapterId);
  if (!found || !chapter) notFound();
  const { outline, page } = found;
  const written = course.flatMap(({ lessons }) => lessons).filter(({ available }) => available);
  const at = written.findIndex(({ id }) => id === outline.id);
  const [before, after] = [written[at - 1], written[at + 1]];
  const t = textOf(locale);
  const href = `/${locale}/learn/${outline.id}`;
  return (
    <div className="lesson" data-layer={chapter.layer}>
      <header className="lesson-head">
        <p className="lesson-chapter">
          <SiteLink href={`/${locale}/learn/${chapter.id}`}>
            {t('lessonPage.chapter', { mark: chapter.mark, title: chapter.title })}
          </SiteLink>
        </p>
        <h1>{outline.title}</h1>
        <p className="lesson-summary">{outline.summary}</p>
        <p className="lesson-minutes">{t('lessonPage.minutes', { minutes: outline.readingMinutes })}</p>
      </header>
      <LessonBody
        {...page}
        t={t}
        Content={await importLesson(locale, chapterId, lesson)}
        Lab={createLabSlot(locale)}
        Exercise={createExerciseSlot(locale)}
      />
      <aside className="lesson-standing" aria-labelledby="standing">
        <h2 id="standing">{t('standing.heading')}</h2>
        <LessonStanding lesson={outline} />
        <MissingList lesson={outline} href={href} />
      </aside>
      <nav className="lesson-turn" aria-label={t('lessonPage.turn')}>
        {before && (
          <SiteLink href={`/${locale}/learn/${before.id}`}>
            {t('lessonPage.previous', { title: before.title })}
          </SiteLink>
        )}
        {after && (
          <SiteLink href={`/${locale}/learn/${after.id}`}>
            {t('lessonPage.next', { title: after.title })}
          </SiteLink>
        )}
      </nav>
    </div>
  );
}
