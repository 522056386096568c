import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { labCatalogue } from '@/lib/labs/catalogue';

const root = join(import.meta.dirname, '..');
type Course = { chapters: { id: string; lessons: { id: string }[] }[] };

/** Paths of the lessons that are written. */
export function lessonPaths(locale = 'en'): string[] {
  const { chapters } = parse(readFileSync(join(root, 'content/course.yaml'), 'utf8')) as Course;
  return chapters.flatMap(({ id, lessons }) =>
    lessons
      .filter((lesson) => existsSync(join(root, `content/${locale}/${id}/${lesson.id}.mdx`)))
      .map((lesson) => `/${locale}/learn/${id}/${lesson.id}`),
  );
}

/** Paths of the embedded labs, which no page of the site links to. */
export const embedPaths = () => Object.keys(labCatalogue).map((lab) => `/embed/${lab}`);

/** Every page that can be reached from the home page by links, without the files. */
export async function crawl(origin: string, start = '/en'): Promise<string[]> {
  const found = new Set([start]);
  for (const path of found) {
    const response = await fetch(origin + path);
    if (!response.headers.get('content-type')?.includes('text/html')) found.delete(path);
    const html = await response.text();
    for (const [, href = ''] of html.matchAll(/<a\s[^>]*?href="([^"]+)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), origin + path);
      if (url.origin === origin) found.add(url.pathname);
    }
  }
  return [...found].sort();
}
