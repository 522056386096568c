import type { ComponentProps } from 'react';
import type { LessonContext } from './context';

/**
 * A link in prose. Addresses inside the course are written without a language (`/learn/tcp/congestion#aimd`)
 * and get the reader's; a lesson that nobody has written yet is named, but not linked.
 */
export function createLink({ locale, t, available }: Pick<LessonContext, 'locale' | 't' | 'available'>) {
  return function LessonLink({ href = '', children, ...rest }: ComponentProps<'a'>) {
    const lesson = /^\/learn\/([^/#]+\/[^/#]+)/.exec(href)?.[1];
    if (lesson !== undefined && !available.has(lesson))
      return (
        <span className="coming-link" title={t('lesson.link.coming')}>
          {children}
        </span>
      );
    return (
      <a href={href.startsWith('/') ? `/${locale}${href}` : href} {...rest}>
        {children}
      </a>
    );
  };
}
