import type { Metadata } from 'next';
import { SiteLink } from '../_site/site-link';
import { labCatalogue } from '@/lib/labs/catalogue';
import { LayerTag } from '@/lib/ui/controls';
import { textOf } from '@/lib/server/text';

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = textOf((await params).locale);
  return { title: t('labsPage.title'), description: t('labsPage.lead') };
}

export default async function LabsPage({ params }: Props) {
  const { locale } = await params;
  const t = textOf(locale);
  return (
    <div className="plain-page">
      <h1>{t('labsPage.title')}</h1>
      <p className="page-lead">{t('labsPage.lead')}</p>
      <ul className="lab-list">
        {Object.values(labCatalogue).map((lab) => (
          <li key={lab.id} data-layer={lab.layer}>
            <LayerTag layer={lab.layer} />
            <h2>
              <SiteLink href={`/${locale}/labs/${lab.id}`}>{t(`labs.${lab.id}.${lab.title}`)}</SiteLink>
            </h2>
            <p>{t(`labs.${lab.id}.${lab.summary}`)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
