import { useId, type ReactNode } from 'react';
import { LessonError, type LessonContext } from './context';

export type TermProps = {
  /** A file in content/<locale>/glossary. */
  id: string;
  /** How the sentence words it; the term itself by default. */
  children?: ReactNode;
  source?: string;
};

/**
 * A word of the trade with its definition in a popover: opened by click, Enter or Space, closed by Escape or a
 * click beside it, all by the browser and without a script.
 */
export function createTerm({ t, terms, locale }: Pick<LessonContext, 't' | 'terms' | 'locale'>) {
  return function Term({ id, children, source }: TermProps) {
    const popoverId = useId();
    const term = terms.get(id);
    if (!term) throw new LessonError(source, `<Term> "${id}" is not in the glossary`);
    return (
      <span className="term">
        <button type="button" className="term-button" popoverTarget={popoverId}>
          {children ?? term.term}
        </button>
        <span id={popoverId} popover="auto" className="term-popover" role="note">
          <dfn className="term-name">{term.term}</dfn>
          {term.long && <span className="term-long">{term.long}</span>}
          <span className="term-definition">{term.definition}</span>
          <a className="term-more" href={`/${locale}/glossary#${id}`}>
            {t('lesson.term.glossary')}
          </a>
        </span>
      </span>
    );
  };
}
