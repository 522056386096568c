import type { Metadata } from 'next';
import { SiteLink } from '../../_site/site-link';
import { notFound } from 'next/navigation';
import { textOf } from '@/lib/server/text';
import { ChapterNumber } from '../../_site/chapter-number';
import { courseOf } from '../../_site/course';
import { CoverArt } from '../../_site/cover-art';
import { LessonStanding, MissingList, ResumeLink } from '../../_site/standing';

type Props = { params: Promise<{ locale: string; chapter: string }> };

export const dynamicParams = false;

export function generateStaticParams({ params }: { params: { locale: string } }) {
  const course = courseOf(params.locale);
  return course
    .filter(({ lessons }) => lessons.some(({ available }) => available))
    .map(({ id }) => ({ chapter: id }));
}

async function findChapter({ params }: Props) {
  const { locale, chapter } = await params;
  const found = courseOf(locale).find(({ id }) => id === chapter);
  if (!found) notFound();
  return { locale, chapter: found };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { chapter } = await findChapter(props);
  return { title: chapter.title, description: chapter.summary };
}

export default async function ChapterPage(props: Props) {
  const { locale, chapter } = await findChapter(props);
  const t = textOf(locale);
  const first = chapter.lessons.find(({ available }) => available);
  return (
    <article data-layer={chapter.layer}>
      <header className="cover">
        <div className="cover-words">
          <p className="cover-number">
            <ChapterNumber mark={chapter.mark} layer={chapter.layer} />{' '}
            {t('chapter.number', { mark: chapter.mark })}
          </p>
          <h1>{chapter.title}</h1>
          <p className="cover-question">{chapter.question}</p>
          <p className="cover-lead">{chapter.summary}</p>
          {first && (
            <ResumeLink
              course={[chapter]}
              locale={locale}
              fallback={{ id: first.id, label: t('chapter.begin', { title: first.title }) }}
              className="hero-start"
            />
          )}
        </div>
        <CoverArt />
      </header>
      <section className="lesson-list" aria-labelledby="lessons">
        <h2 id="lessons">{t('chapter.lessons')}</h2>
        <ol>
          {chapter.lessons.map((lesson) => {
            const href = `/${locale}/learn/${lesson.id}`;
            return (
              <li key={lesson.id} data-available={lesson.available}>
                <h3>{lesson.available ? <SiteLink href={href}>{lesson.title}</SiteLink> : lesson.title}</h3>
                <p>{lesson.summary}</p>
                {lesson.available ? (
                  <>
                    <p className="lesson-list-facts">
                      <span>{t('chapter.minutes', { minutes: lesson.readingMinutes })}</span>
                      <LessonStanding lesson={lesson} />
                    </p>
                    <MissingList lesson={lesson} href={href} />
                  </>
                ) : (
                  <p className="lesson-list-facts">{t('chapter.coming')}</p>
                )}
              </li>
            );
          })}
        </ol>
      </section>
    </article>
  );
}
