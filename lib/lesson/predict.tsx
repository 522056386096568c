import type { ReactNode } from 'react';
import { formatQuantity } from './calc';
import { LessonError, type LessonContext } from './context';
import { PredictForm } from './predict-form';

export type PredictProps = {
  /** Unique among the lesson's predictions; permanent. */
  id: string;
  question: string;
  /** Texts by id, for a choice; without, the answer is a number. */
  options?: Readonly<Record<string, string>>;
  /** Computed by the engine: a number, or the id of an option. */
  answer: number | string;
  /** A name below `lesson.units`. */
  unit?: string;
  digits?: number;
  /** The share by which a number may be off and still count as right; 0 by default. */
  tolerance?: number;
  /** What holds, and why; shown after the answer. */
  children: ReactNode;
  source?: string;
};

/** A question in prose before a run: say first what will happen, then see. */
export function createPredict({ lesson, locale, t }: Pick<LessonContext, 'lesson' | 'locale' | 't'>) {
  return function Predict({
    id,
    question,
    options,
    answer,
    unit,
    digits = 0,
    tolerance = 0,
    children,
    source,
  }: PredictProps) {
    const shared = { lesson, id, question, children };
    if (options) {
      const right = options[String(answer)];
      if (right === undefined)
        throw new LessonError(source, `<Predict> answers "${answer}", which is none of its options`);
      return (
        <PredictForm {...shared} options={options} answer={String(answer)} answerText={right} tolerance={0} />
      );
    }
    const value = Number(answer);
    const answerText = formatQuantity({ value, unit, digits, locale, t });
    if (!Number.isFinite(value))
      throw new LessonError(source, `<Predict> answers "${answer}", which is no number`);
    if (answerText === undefined) throw new LessonError(source, `<Predict> has the unknown unit "${unit}"`);
    const unitText = unit === undefined ? '' : t(`lesson.units.${unit}`, { n: 2, number: '' }).trim();
    return (
      <PredictForm
        {...shared}
        answer={String(value)}
        answerText={answerText}
        unit={unitText}
        tolerance={tolerance}
      />
    );
  };
}
