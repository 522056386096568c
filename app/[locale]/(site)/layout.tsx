import { SiteLink } from './_site/site-link';
import type { ReactNode } from 'react';
import { TextProvider } from '@/lib/text';
import { ProgressProvider, SaveStatus } from '@/lib/progress';
import { loadMessages, textOf } from '@/lib/server/text';
import { ThemeSwitch } from './_site/theme-switch';
import { Wordmark } from './_site/wordmark';

/** Messages that client components of every page use; a lab brings its own. */
const CLIENT_PREFIXES = [
  'site.theme',
  'progress',
  'labFrame',
  'live',
  'visualiser',
  'lesson',
  'exercise',
  'standing',
];

export default async function SiteLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}) {
  const { locale } = await params;
  const t = textOf(locale);
  return (
    <TextProvider messages={loadMessages(locale, CLIENT_PREFIXES)} locale={locale}>
      <ProgressProvider>
        <a href="#content" className="skip-link">
          {t('site.skip')}
        </a>
        <header className="site-head">
          <SiteLink href={`/${locale}`} className="site-name">
            <Wordmark />
            {t('site.name')}
          </SiteLink>
          <nav aria-label={t('site.nav.label')}>
            <SiteLink href={`/${locale}#course`}>{t('site.nav.course')}</SiteLink>
            <SiteLink href={`/${locale}/labs`}>{t('site.nav.labs')}</SiteLink>
            <SiteLink href={`/${locale}/glossary`}>{t('site.nav.glossary')}</SiteLink>
          </nav>
          {/* The style sheet shows the status before it; so the status, coming last, moves nothing. */}
          <ThemeSwitch />
          <SaveStatus />
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <footer className="site-foot">
          <p>{t('site.foot.claim')}</p>
          <p>{t('site.foot.privacy')}</p>
        </footer>
      </ProgressProvider>
    </TextProvider>
  );
}
