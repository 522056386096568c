'use client';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useProgress, useRecord } from '@/lib/progress';
import { useText } from '@/lib/text';
import { useEarlyInput } from '@/lib/ui/early-input';

type Props = {
  lesson: string;
  id: string;
  question: string;
  options?: Readonly<Record<string, string>>;
  answer: string;
  /** The answer as it is written, with its unit. */
  answerText: string;
  unit?: string;
  tolerance: number;
  children: ReactNode;
};

/** The interactive part of a prediction. What holds stands in a <details>, so that it can be read without a script. */
export function PredictForm(props: Props) {
  const { lesson, id, question, options, answer, answerText } = props;
  const t = useText();
  const state = useProgress('state');
  const record = useRecord();
  const fieldId = useId();
  const form = useRef<HTMLFormElement>(null);
  useEarlyInput(form, true);
  const [typed, setTyped] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  // The first prediction is the one that counts, from this visit or an earlier one.
  const made = state[lesson]?.predictions[id];
  const [now, setNow] = useState<{ firstAnswer: string; firstRight: boolean }>();
  const outcome = made ?? now;
  const said = outcome?.firstAnswer ?? typed;

  function predict() {
    if (said === '') return;
    const right = options ? said === answer : isNear(said, answer, props.tolerance);
    setNow({ firstAnswer: said, firstRight: right });
    setIsOpen(true);
    record({ type: 'prediction:made', lesson, prediction: id, answer: said.slice(0, 200), right });
  }

  return (
    <form
      ref={form}
      className="ask ask-predict"
      id={`predict-${id}`}
      onSubmit={(event) => {
        event.preventDefault();
        predict();
      }}
    >
      <p className="side-label">{t('lesson.predict.label')}</p>
      {options ? (
        <fieldset className="ask-options" disabled={outcome !== undefined}>
          <legend className="ask-question">{question}</legend>
          {Object.entries(options).map(([option, text]) => (
            <label key={option} className="ask-option">
              <input
                type="radio"
                name={fieldId}
                checked={said === option}
                onChange={() => setTyped(option)}
              />
              <span>{text}</span>
            </label>
          ))}
        </fieldset>
      ) : (
        <div className="ask-number">
          <label htmlFor={fieldId} className="ask-question">
            {question}
          </label>
          <span className="ask-quantity">
            <input
              id={fieldId}
              inputMode="decimal"
              autoComplete="off"
              size={8}
              value={said}
              readOnly={outcome !== undefined}
              onChange={(event) => setTyped(event.currentTarget.value.replace(/[^0-9.,]/g, '').slice(0, 12))}
            />
            {props.unit && <span>{props.unit}</span>}
          </span>
        </div>
      )}
      {outcome === undefined && (
        <button type="submit" className="ask-button" disabled={said === ''}>
          {t('lesson.predict.say')}
        </button>
      )}
      <p className="ask-outcome" aria-live="polite" data-right={outcome?.firstRight}>
        {outcome &&
          t(outcome.firstRight ? 'lesson.predict.right' : 'lesson.predict.wrong', {
            said: options ? (options[said] ?? said) : said,
            answer: answerText,
          })}
      </p>
      <details className="ask-holds" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>{t('lesson.predict.holds')}</summary>
        <div>{props.children}</div>
      </details>
    </form>
  );
}

/** A comma may stand for the point, or group thousands: "1,460" is 1460, "0,5" is 0.5. */
export function numberOf(said: string): number {
  return Number(/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(said) ? said.replaceAll(',', '') : said.replace(',', '.'));
}

function isNear(said: string, answer: string, tolerance: number): boolean {
  const right = Number(answer);
  return Math.abs(numberOf(said) - right) <= Math.abs(right) * tolerance + 1e-9;
}
