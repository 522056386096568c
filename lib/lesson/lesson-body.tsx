import type { MDXContent } from 'mdx/types';
import { createRfc } from './citation';
import { createLessonComponents } from './components';
import type { LessonContext } from './context';
import { ReadingTracker } from './reading-tracker';

type Props = LessonContext & {
  Content: MDXContent;
  /** What the learner will be able to do; from the frontmatter. */
  able: readonly string[];
  /** RFC numbers; from the frontmatter. */
  sources: readonly number[];
};

/** A lesson between its title and the way to the next: what one will be able to do, the text, its sources. */
export function LessonBody({ Content, able, sources, ...context }: Props) {
  const { t } = context;
  const Rfc = createRfc(context);
  return (
    <article className="prose" data-lesson={context.lesson}>
      <div className="able">
        <p className="side-label">{t('lesson.able.label')}</p>
        <ul>
          {able.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </div>
      <Content components={createLessonComponents(context)} />
      {sources.length > 0 && (
        <footer className="sources">
          <p className="side-label">{t('lesson.sources.label')}</p>
          <ul>
            {sources.map((n) => (
              <li key={n}>
                <Rfc n={n} />
              </li>
            ))}
          </ul>
        </footer>
      )}
      <ReadingTracker lesson={context.lesson} />
    </article>
  );
}
