import { SiteLink } from './(site)/_site/site-link';
import { defaultLocale } from '@/lib/text/locales';
import { textOf } from '@/lib/server/text';

/** A page that does not exist has no locale of its own; it speaks the first one. */
export default function NotFound() {
  const t = textOf(defaultLocale);
  return (
    <main className="plain-page">
      <h1>{t('notFound.title')}</h1>
      <p className="page-lead">{t('notFound.lead')}</p>
      <p>
        <SiteLink href={`/${defaultLocale}`}>{t('notFound.home')}</SiteLink>
      </p>
    </main>
  );
}
