import type { Metadata } from 'next';
import { textOf } from '@/lib/server/text';
import { defaultLocale } from '@/lib/text/locales';
import { Document } from './document';

/** An address that is not there has no locale of its own; it speaks the first one. */
const t = textOf(defaultLocale);

export const metadata: Metadata = {
  title: t('notFound.title'),
  description: t('notFound.lead'),
  icons: { icon: '/icon.svg' },
};

/** What every address that no route knows answers with, under 404. */
export default function NotFound() {
  return (
    <Document lang={defaultLocale}>
      <main className="plain-page">
        <h1>{t('notFound.title')}</h1>
        <p className="page-lead">{t('notFound.lead')}</p>
        <p>
          {/* Not <Link>: this page stands outside the layout that the site's pages share. */}
          <a href={`/${defaultLocale}`}>{t('notFound.home')}</a>
        </p>
      </main>
    </Document>
  );
}
