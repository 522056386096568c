import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import { labCatalogue, type LabId } from '@/lib/labs/catalogue';
import { messagePrefixes } from '@/lib/labs/message-prefixes';
import { loadLab } from '@/lib/labs/views';
import { loadMessages } from '@/lib/server/text';
import { createText } from '@/lib/text';
import { EmbeddedLab } from './embedded-lab';
import { MESSAGES_ID, ROOT_ID } from './mount';

export const labIds = Object.keys(labCatalogue);
export { locales } from '@/lib/text/locales';

/** The whole document of an embedded lab at its defaults; its picture is there before any script runs. */
export async function renderDocument(
  labId: LabId,
  locale: string,
  assets: { script: string; style: string },
): Promise<string> {
  const module = await loadLab(labId);
  const messages = loadMessages(locale, [
    'labFrame',
    'live',
    'visualiser',
    'exercise',
    ...messagePrefixes(module.lab),
  ]);
  const picture = renderToString(<EmbeddedLab {...module} messages={messages} locale={locale} />);
  const title = createText(messages, locale, `labs.${labId}`)('title');
  // `<` inside the JSON would end the script element.
  const json = JSON.stringify(messages).replaceAll('<', '\\u003c');
  const document = renderToStaticMarkup(
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href={assets.style} />
      </head>
      <body className="embed">
        <main id={ROOT_ID} dangerouslySetInnerHTML={{ __html: picture }} />
        <script type="application/json" id={MESSAGES_ID} dangerouslySetInnerHTML={{ __html: json }} />
        <script type="module" src={assets.script} />
      </body>
    </html>,
  );
  return `<!doctype html>${document}`;
}
