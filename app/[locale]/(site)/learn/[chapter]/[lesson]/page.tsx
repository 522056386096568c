import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { LessonBody } from '@/lib/lesson';
import { findText, projectRoot } from '@/lib/server/content/files';
import { parseLessonOrThrow } from '@/lib/server/content/lesson-file';
import { importLesson } from '@/lib/server/content/lesson-module';
import { loadCorrections } from '@/lib/server/content/load-course';
import { loadGlossary } from '@/lib/server/content/load-glossary';
import { textOf } from '@/lib/server/text';
import { courseOf } from '../../../_site/course';
import { createExerciseSlot, createLabSlot } from '../../../_site/lesson-slots';
import { LessonStanding, MissingList } from '../../../_site/standing';

type Props = { params: Promise<{ locale: string; chapter: string; lesson: string }> };

export const dynamicParams = false;

export function generateStaticParams({ params }: { params: { locale: string } }) {
  return courseOf(params.locale)
    .flatMap(({ lessons }) => lessons)
    .filter(({ available }) => available)
    .map(({ chapter, lesson }) => ({ chapter, lesson }));
}

async function findLesson({ params }: Props) {
  const { locale, chapter, lesson } = await params;
  const course = courseOf(locale);
  const written = course.flatMap(({ lessons }) => lessons).filter(({ available }) => available);
  const at = written.findIndex(({ id }) => id === `${chapter}/${lesson}`);
  const outline = written[at];
  if (!outline) notFound();
  const chapterIndex = course.findIndex(({ id }) => id === chapter);
  return {
    locale,
    outline,
    written,
    before: written[at - 1],
    after: written[at + 1],
    chapterIndex,
    chapter: course[chapterIndex],
  };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { outline } = await findLesson(props);
  return { title: outline.title, description: outline.summary };
}

export default async function LessonPage(props: Props) {
  const { locale, outline, written, before, after, chapter, chapterIndex } = await findLesson(props);
  const t = textOf(locale);
  const Content = await importLesson(locale, outline.chapter, outline.lesson);
  const path = `content/${locale}/${outline.id}.mdx`;
  const { frontmatter } = parseLessonOrThrow(findText(projectRoot(), path) ?? '', path);
  const href = `/${locale}/learn/${outline.id}`;
  return (
    <div className="lesson" data-layer={chapter?.layer}>
      <header className="lesson-head">
        <p className="lesson-chapter">
          <Link href={`/${locale}/learn/${outline.chapter}`}>
            {t('lessonPage.chapter', { n: chapterIndex, title: chapter?.title ?? '' })}
          </Link>
        </p>
        <h1>{outline.title}</h1>
        <p className="lesson-summary">{outline.summary}</p>
        <p className="lesson-minutes">{t('lessonPage.minutes', { minutes: outline.readingMinutes })}</p>
      </header>
      <LessonBody
        Content={Content}
        able={frontmatter.able}
        sources={frontmatter.sources}
        lesson={outline.id}
        locale={locale}
        t={t}
        terms={new Map(loadGlossary(locale).map(({ id, ...term }) => [id, term]))}
        corrections={new Map(loadCorrections().map(({ n, sources }) => [n, sources]))}
        available={new Set(written.map(({ id }) => id))}
        Lab={createLabSlot(locale)}
        Exercise={createExerciseSlot(locale)}
      />
      <aside className="lesson-standing" aria-labelledby="standing">
        <h2 id="standing">{t('standing.heading')}</h2>
        <LessonStanding lesson={outline} />
        <MissingList lesson={outline} href={href} />
      </aside>
      <nav className="lesson-turn" aria-label={t('lessonPage.contents')}>
        {before && (
          <Link href={`/${locale}/learn/${before.id}`}>
            {t('lessonPage.previous', { title: before.title })}
          </Link>
        )}
        {after && (
          <Link href={`/${locale}/learn/${after.id}`}>{t('lessonPage.next', { title: after.title })}</Link>
        )}
      </nav>
    </div>
  );
}
