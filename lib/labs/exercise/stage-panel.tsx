'use client';
import { useState, type KeyboardEvent } from 'react';
import { useText } from '@/lib/text';
import { CodeEditor } from '@/lib/ui/code-editor';
import type { DraftStore } from './drafts';
import { Results } from './results';
import { useExercise, type ExerciseEvent, type Stage } from './use-exercise';

/** One stage: its prompt, the editor, Run, and the help that may be asked for. */
export function StagePanel(props: {
  lab: string;
  stage: Stage;
  draftStore: DraftStore;
  extraTypes?: string | undefined;
  onEvent(event: ExerciseEvent): void;
}) {
  const { lab, stage, draftStore, extraTypes } = props;
  const t = useText();
  const exercise = useExercise(lab, stage, draftStore, props.onEvent);
  const [hints, setHints] = useState(0);
  const [asking, setAsking] = useState(false);

  const runOnShortcut = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void exercise.run();
  };
  const askForSolution = () => {
    if (exercise.attempts > 0) exercise.showSolution();
    else setAsking(true);
  };

  return (
    <div className="exercise-stage" onKeyDownCapture={runOnShortcut}>
      <p className="exercise-prompt">{t(`exercise.${stage.id}.prompt`)}</p>
      {exercise.draft.aside !== undefined && (
        <div className="exercise-notice">
          <p>{t('exercise.aside.found')}</p>
          <button type="button" className="exercise-button" onClick={exercise.takeAside}>
            {t('exercise.aside.take')}
          </button>
          <button type="button" className="exercise-button" onClick={exercise.dropAside}>
            {t('exercise.aside.drop')}
          </button>
        </div>
      )}
      <CodeEditor
        value={exercise.code}
        onChange={exercise.setCode}
        label={t('exercise.editor')}
        rows={Math.min(20, Math.max(8, stage.starter.split('\n').length + 3))}
        tabHint={{
          moves: t('exercise.tab.moves'),
          indents: t('exercise.tab.indents'),
          movesOnMac: t('exercise.tab.movesOnMac'),
          indentsOnMac: t('exercise.tab.indentsOnMac'),
        }}
        {...(extraTypes !== undefined && { extraTypes })}
      />
      <div className="exercise-actions">
        <button
          type="button"
          className="exercise-button exercise-run"
          aria-disabled={exercise.isRunning}
          onClick={() => void exercise.run()}
        >
          {t(exercise.isRunning ? 'exercise.running' : 'exercise.run')}
          <kbd>{t('exercise.runKeys')}</kbd>
        </button>
        {hints < stage.hints && (
          <button type="button" className="exercise-button" onClick={() => setHints(hints + 1)}>
            {t('exercise.hint', { n: hints + 1, all: stage.hints })}
          </button>
        )}
        {!exercise.solutionShown && (
          <button type="button" className="exercise-button" onClick={askForSolution} aria-expanded={asking}>
            {t('exercise.solution.show')}
          </button>
        )}
        <button
          type="button"
          className="exercise-button"
          disabled={exercise.code === stage.starter}
          onClick={exercise.reset}
        >
          {t('exercise.reset')}
        </button>
      </div>
      {asking && !exercise.solutionShown && (
        <div className="exercise-notice" role="group" aria-label={t('exercise.solution.show')}>
          <p>{t('exercise.solution.ask')}</p>
          <button type="button" className="exercise-button" onClick={exercise.showSolution}>
            {t('exercise.solution.yes')}
          </button>
          <button type="button" className="exercise-button" onClick={() => setAsking(false)}>
            {t('exercise.solution.no')}
          </button>
        </div>
      )}
      <ol className="exercise-hints" aria-live="polite">
        {Array.from({ length: hints }, (_, index) => (
          <li key={index}>{t(`exercise.${stage.id}.hints.${index + 1}`)}</li>
        ))}
      </ol>
      {exercise.attempt && <Results attempt={exercise.attempt} stage={stage.id} />}
      {exercise.solutionShown && (
        <section aria-label={t('exercise.solution.title')}>
          <h4 className="exercise-label">{t('exercise.solution.title')}</h4>
          {}
          <pre className="exercise-solution" tabIndex={0}>
            {stage.solution}
          </pre>
        </section>
      )}
    </div>
  );
}
