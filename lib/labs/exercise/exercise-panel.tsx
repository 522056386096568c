'use client';
import { useState } from 'react';
import { TextProvider, useText } from '@/lib/text';
import type { Exercise } from '../define-lab';
import { noDrafts, type DraftStore } from './drafts';
import { StagePanel } from './stage-panel';
import type { ExerciseEvent } from './use-exercise';

export type ExercisePanelProps = {
  /** The lab's id; texts are below `labs.<lab>.exercise`. */
  lab: string;
  exercise: Exercise;
  /** The id of one stage, to show that alone. */
  stage?: string;
  onEvent?: (event: ExerciseEvent) => void;
  /** Must be the same object at every render. Without one nothing is kept (embeds). */
  draftStore?: DraftStore;
  /** Declarations that the code may use, as a .d.ts text. */
  extraTypes?: string;
};

/** The code exercise of a lab. Needs the messages `exercise` and `labs.<lab>`. */
export function ExercisePanel(props: ExercisePanelProps) {
  return (
    <TextProvider prefix={`labs.${props.lab}`}>
      <Panel {...props} />
    </TextProvider>
  );
}

function Panel({
  lab,
  exercise,
  stage: only,
  onEvent,
  draftStore = noDrafts,
  extraTypes,
}: ExercisePanelProps) {
  const t = useText();
  const [current, setCurrent] = useState(0);
  const [passed, setPassed] = useState<readonly string[]>([]);
  const stages = exercise.stages.filter((stage) => only === undefined || stage.id === only);

  const tell = (event: ExerciseEvent) => {
    if (event.type === 'exercise:attempted' && event.passed)
      setPassed((before) => [...new Set([...before, event.stage])]);
    onEvent?.(event);
  };

  return (
    <div role="group" className="exercise" aria-label={t('exercise.title')}>
      <header className="exercise-head">
        <h3 className="exercise-title">{t('exercise.title')}</h3>
        {stages.length > 1 && (
          <nav className="exercise-stages" aria-label={t('exercise.stages')}>
            {stages.map((stage, index) => (
              <button
                key={stage.id}
                type="button"
                className="exercise-button"
                aria-current={index === current ? 'step' : undefined}
                onClick={() => setCurrent(index)}
              >
                {t(passed.includes(stage.id) ? 'exercise.stageDone' : 'exercise.stage', { n: index + 1 })}
              </button>
            ))}
          </nav>
        )}
      </header>
      {/* Every stage stays mounted, so that going back finds it as it was left. */}
      {stages.map((stage, index) => (
        <div key={stage.id} hidden={index !== current}>
          <StagePanel
            lab={lab}
            stage={stage}
            draftStore={draftStore}
            extraTypes={extraTypes}
            onEvent={tell}
          />
        </div>
      ))}
    </div>
  );
}
