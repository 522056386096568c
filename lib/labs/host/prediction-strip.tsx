import { useId, useState } from 'react';
import type * as z from 'zod/mini';
import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import type { Lab, Prediction } from '../define-lab';
import type { LabEvent } from './lab-event';
import type { LabState } from './use-lab';

type Props<Schema extends z.ZodMiniType<object>, Result> = {
  lab: Lab<Schema, Result>;
  predictions: readonly Prediction<z.output<Schema>, Result>[];
  state: LabState<z.output<Schema>, Result>;
  onRun: () => void;
  onEvent?: ((event: LabEvent) => void) | undefined;
};

type Made = { answer: string; truth: string; right: boolean };

/**
 * "With these settings, what will happen?": asked first, run second. The answer is judged against the run
 * with the prediction's own settings, so playing with the sliders before does not spoil it.
 */
export function PredictionStrip<Schema extends z.ZodMiniType<object>, Result>(props: Props<Schema, Result>) {
  const { lab, predictions, state } = props;
  const t = useText();
  const inputId = useId();
  const [index, setIndex] = useState(0);
  const [answer, setAnswer] = useState('');
  const [made, setMade] = useState<Made>();
  const prediction = predictions[index];
  if (!prediction) return null;
  const question = t(`predictions.${prediction.id}.question`);

  function predict() {
    if (!prediction || answer === '') return;
    const params = lab.params.parse({ ...state.params, ...prediction.set });
    const outcome = judge(prediction, answer, lab.run(params, { seed: 1 }), params);
    setMade(outcome);
    props.onEvent?.({
      type: 'prediction:made',
      prediction: `${lab.id}.${prediction.id}`,
      answer: answer.slice(0, 200),
      right: outcome.right,
    });
    state.setParams(prediction.set);
    state.setAt(0);
    state.play();
    props.onRun();
  }

  function next() {
    setIndex(index + 1);
    setAnswer('');
    setMade(undefined);
  }

  const say = (value: string) =>
    prediction.kind === 'choice'
      ? t(`predictions.${prediction.id}.options.${value}`)
      : `${value} ${prediction.unit}`;
  const settled = !state.playing;
  const runButton = made === undefined && (
    <Button type="submit" tone="primary" disabled={answer === ''}>
      {t('labFrame.predict.run')}
    </Button>
  );

  return (
    <form
      className="lab-prediction"
      id={`${lab.id}.${prediction.id}`}
      onSubmit={(event) => {
        event.preventDefault();
        predict();
      }}
    >
      <p className="lab-prediction-lead">{t('labFrame.predict.lead')}</p>
      {prediction.kind === 'number' ? (
        <div className="lab-prediction-row">
          <label htmlFor={inputId}>{question}</label>
          <div className="lab-prediction-ask">
            <span className="lab-prediction-input">
              <input
                id={inputId}
                inputMode="decimal"
                autoComplete="off"
                value={answer}
                readOnly={made !== undefined}
                onChange={(event) =>
                  setAnswer(event.currentTarget.value.replace(/[^0-9.,]/g, '').slice(0, 12))
                }
              />
              <span>{prediction.unit}</span>
            </span>
            {runButton}
          </div>
        </div>
      ) : (
        <fieldset className="lab-prediction-row">
          <legend>{question}</legend>
          {prediction.options.map((option) => (
            <label key={option} className="lab-prediction-option">
              <input
                type="radio"
                name={inputId}
                checked={answer === option}
                disabled={made !== undefined}
                onChange={() => setAnswer(option)}
              />
              {say(option)}
            </label>
          ))}
          {runButton}
        </fieldset>
      )}
      <div aria-live="polite" className="lab-prediction-outcome">
        {/* Its room is taken at once, so that nothing moves when the run ends. */}
        {made && (
          <div style={settled ? undefined : { visibility: 'hidden' }}>
            <p data-right={made.right}>
              <strong>{t(made.right ? 'labFrame.predict.right' : 'labFrame.predict.wrong')}</strong>{' '}
              {t('labFrame.predict.outcome', { answer: say(made.answer), truth: say(made.truth) })}{' '}
              {t(`predictions.${prediction.id}.why`)}
            </p>
            {index + 1 < predictions.length && <Button onClick={next}>{t('labFrame.predict.next')}</Button>}
          </div>
        )}
      </div>
    </form>
  );
}

function judge<Params, Result>(
  prediction: Prediction<Params, Result>,
  answer: string,
  result: Result,
  params: Params,
): Made {
  if (prediction.kind === 'choice') {
    const truth = prediction.answer(result, params);
    return { answer, truth, right: answer === truth };
  }
  const truth = prediction.answer(result, params);
  const guess = numberOf(answer);
  const right = Math.abs(guess - truth) <= Math.abs(truth) * (prediction.tolerance ?? 0) + 1e-9;
  return { answer, truth: String(Math.round(truth * 100) / 100), right };
}

/** What a person types as a number: a comma before three digits groups, any other is a decimal point. */
function numberOf(text: string): number {
  return Number(/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(',', '') : text.replace(',', '.'));
}
