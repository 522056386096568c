import { SiteLink } from './_site/site-link';
import { textOf } from '@/lib/server/text';
import { courseOf, labMessages } from './_site/course';
import { ChapterNumber } from './_site/chapter-number';
import { HomeLab } from './_site/home-lab';
import { ChapterTally, ResumeLink } from './_site/standing';

type Props = { params: Promise<{ locale: string }> };

export default async function HomePage({ params }: Props) {
  const { locale } = await params;
  const t = textOf(locale);
  const course = courseOf(locale);
  return (
    <>
      <section className="hero">
        <div className="hero-words">
          <h1>{t('home.question')}</h1>
          <p className="hero-lead">{t('home.lead')}</p>
          <p>{t('home.claim')}</p>
          <ResumeLink
            course={course}
            locale={locale}
            fallback={{ id: 'tcp/slow-start', label: t('home.start') }}
            className="hero-start"
          />
        </div>
        <HomeLab messages={labMessages(locale, 'slow-start')} />
      </section>
      <section id="course" className="course-contents" aria-labelledby="course-title">
        <h2 id="course-title">{t('home.courseTitle')}</h2>
        <p>{t('home.courseLead')}</p>
        <ol>
          {course.map((chapter) => {
            const available = chapter.lessons.filter((lesson) => lesson.available).length;
            return (
              <li key={chapter.id} data-layer={chapter.layer} data-available={available > 0}>
                <ChapterNumber mark={chapter.mark} layer={chapter.layer} />
                <div>
                  <h3>
                    {available > 0 ? (
                      <SiteLink href={`/${locale}/learn/${chapter.id}`}>{chapter.title}</SiteLink>
                    ) : (
                      chapter.title
                    )}
                  </h3>
                  <p>{chapter.summary}</p>
                  <p className="course-contents-tally">
                    {available > 0 ? <ChapterTally chapter={chapter} /> : t('home.coming')}
                  </p>
                </div>
              </li>
            );
          })}
        </ol>
      </section>
    </>
  );
}
