import type { MDXContent } from 'mdx/types';

/**
 * The compiled MDX of a lesson. The path must stay this one template: the bundler reads from it which files may
 * be asked for. Apart from the loaders, because only the bundler can import MDX.
 */
export async function importLesson(locale: string, chapter: string, lesson: string): Promise<MDXContent> {
  const compiled = (await import(`@/content/${locale}/${chapter}/${lesson}.mdx`)) as { default: MDXContent };
  return compiled.default;
}
