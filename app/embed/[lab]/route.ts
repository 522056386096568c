import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labCatalogue } from '@/lib/labs/catalogue';
import { defaultLocale, isLocale } from '@/lib/text/locales';

const DOCUMENTS = join(process.cwd(), '.roundtrip/embed');

/** A lab for an iframe of any origin; the document was made at build time (app/embed/build.mjs). */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ lab: string }> },
): Promise<Response> {
  const { lab } = await params;
  const asked = new URL(request.url).searchParams.get('lang') ?? '';
  const locale = isLocale(asked) ? asked : defaultLocale;
  // Only ids of the catalogue become file names.
  if (!Object.hasOwn(labCatalogue, lab)) return new Response('Not found', { status: 404 });
  const document = await readFile(join(DOCUMENTS, locale, `${lab}.html`), 'utf8');
  return new Response(document, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=300' },
  });
}
