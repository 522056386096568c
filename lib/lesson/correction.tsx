import type { ReactNode } from 'react';
import { SourceText } from './citation';
import { LessonError, type LessonContext } from './context';

export type CorrectionProps = {
  /** Its number in content/corrections.yaml. */
  n: number;
  /** `<NotesSay>` and `<Holds>`. */
  children: ReactNode;
  source?: string;
};

/** Where the notes that the course follows are wrong: what they say, what holds, and who says so. */
export function createCorrection({ t, corrections }: Pick<LessonContext, 't' | 'corrections'>) {
  return function Correction({ n, children, source }: CorrectionProps) {
    const sources = corrections.get(n);
    if (!sources) throw new LessonError(source, `<Correction> ${n} is not in content/corrections.yaml`);
    return (
      <div
        role="note"
        className="correction"
        id={`correction-${n}`}
        aria-label={t('lesson.correction.label', { n })}
      >
        <p className="side-label" aria-hidden="true">
          {t('lesson.correction.label', { n })}
        </p>
        {children}
        <p className="correction-sources">
          {t('lesson.correction.sources')}{' '}
          {sources.map((text, index) => (
            <span key={text}>
              {index > 0 && ' · '}
              <SourceText text={text} />
            </span>
          ))}
        </p>
      </div>
    );
  };
}

/** One side of a correction, under its own small heading. */
export function createCorrectionSide({ t }: Pick<LessonContext, 't'>, side: 'notes' | 'holds') {
  return function CorrectionSide({ children }: { children: ReactNode }) {
    return (
      <div className={`correction-${side}`}>
        <p className="correction-side">{t(`lesson.correction.${side}`)}</p>
        {children}
      </div>
    );
  };
}
