'use client';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useProgress, useRecord } from '@/lib/progress';
import { useText } from '@/lib/text';
import { Sign } from '@/lib/ui/controls';
import { useEarlyInput } from '@/lib/ui/early-input';

type Props = {
  lesson: string;
  id: string;
  question: string;
  options: readonly { right: boolean; text: ReactNode; why: ReactNode }[];
};

/** The interactive part of a checkpoint. Each answer is recorded as its number, from 1; one may try again. */
export function CheckpointForm({ lesson, id, question, options }: Props) {
  const t = useText();
  const state = useProgress('state');
  const record = useRecord();
  const name = useId();
  const form = useRef<HTMLFormElement>(null);
  useEarlyInput(form, true);
  const [chosen, setChosen] = useState<number>();
  const [triedNow, setTriedNow] = useState<number>();
  const before = state[lesson]?.checkpoints[id];
  const tried = triedNow ?? (before && Number(before.answer) - 1);
  const done = tried !== undefined && options[tried]?.right === true;

  function answer() {
    const option = chosen === undefined ? undefined : options[chosen];
    if (chosen === undefined || !option) return;
    setTriedNow(chosen);
    record({
      type: 'checkpoint:answered',
      lesson,
      checkpoint: id,
      answer: String(chosen + 1),
      right: option.right,
    });
  }

  return (
    <form
      ref={form}
      className="ask ask-checkpoint"
      id={`checkpoint-${id}`}
      onSubmit={(event) => {
        event.preventDefault();
        answer();
      }}
    >
      <p className="side-label">{t('lesson.checkpoint.label')}</p>
      <fieldset className="ask-options">
        <legend className="ask-question">{question}</legend>
        {options.map((option, index) => (
          <label key={index} className="ask-option" data-verdict={verdictOf(tried === index, option.right)}>
            <input
              type="radio"
              name={name}
              checked={(chosen ?? tried) === index}
              disabled={done}
              onChange={() => setChosen(index)}
            />
            <span>
              {option.text}
              {tried === index && <Sign of={option.right ? 'check' : 'cross'} className="ml-1" />}
            </span>
          </label>
        ))}
      </fieldset>
      {!done && (
        <button type="submit" className="ask-button" disabled={chosen === undefined || chosen === tried}>
          {t('lesson.checkpoint.check')}
        </button>
      )}
      <div className="ask-outcome" aria-live="polite" data-right={tried === undefined ? undefined : done}>
        {tried !== undefined && (
          <>
            <strong>{t(done ? 'lesson.checkpoint.right' : 'lesson.checkpoint.wrong')}</strong>{' '}
            {options[tried]?.why}
          </>
        )}
      </div>
    </form>
  );
}

const verdictOf = (tried: boolean, right: boolean) => (tried ? (right ? 'right' : 'wrong') : undefined);
