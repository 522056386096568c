import type { Metadata } from 'next';
import { loadGlossary } from '@/lib/server/content/load-glossary';
import { textOf } from '@/lib/server/text';

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = textOf((await params).locale);
  return { title: t('glossaryPage.title'), description: t('glossaryPage.lead') };
}

export default async function GlossaryPage({ params }: Props) {
  const { locale } = await params;
  const t = textOf(locale);
  const terms = loadGlossary(locale);
  return (
    <div className="plain-page">
      <h1>{t('glossaryPage.title')}</h1>
      <p className="page-lead">{t('glossaryPage.lead')}</p>
      <dl className="glossary">
        {terms.map(({ id, term, definition }) => (
          <div key={id} id={id}>
            <dt>{term}</dt>
            <dd>{definition}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
