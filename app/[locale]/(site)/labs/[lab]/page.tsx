import type { Metadata } from 'next';
import { SiteLink } from '../../_site/site-link';
import { notFound } from 'next/navigation';
import { isLabId, labCatalogue } from '@/lib/labs/catalogue';
import { LabHost } from '@/lib/labs/host';
import { TextProvider } from '@/lib/text';
import { courseOf, labMessages } from '../../_site/course';
import { textOf } from '@/lib/server/text';

type Props = { params: Promise<{ locale: string; lab: string }> };

export const dynamicParams = false;

export function generateStaticParams() {
  return Object.keys(labCatalogue).map((lab) => ({ lab }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, lab } = await params;
  const t = textOf(locale);
  return { title: t(`labs.${lab}.title`), description: t(`labs.${lab}.summary`) };
}

export default async function LabPage({ params }: Props) {
  const { locale, lab } = await params;
  if (!isLabId(lab)) notFound();
  const t = textOf(locale);
  const course = courseOf(locale);
  const lessons = course
    .flatMap((chapter) => chapter.lessons)
    .filter(({ labs, available }) => available && labs.includes(lab));
  return (
    <div className="plain-page">
      {lessons.map((lesson) => (
        <p key={lesson.id} className="lesson-chapter">
          <SiteLink href={`/${locale}/learn/${lesson.id}`}>
            {t('labsPage.inLesson', { title: lesson.title })}
          </SiteLink>
        </p>
      ))}
      <TextProvider messages={labMessages(locale, lab)}>
        <LabHost
          id={lab}
          isAddressed
          headingLevel={1}
          addresses={{ page: `/${locale}/labs/${lab}`, embed: `/embed/${lab}` }}
        />
      </TextProvider>
    </div>
  );
}
