'use client';
import { useEffect, useRef, useState } from 'react';
import { callsOf, judgeExercise, runLearnerCode, type Judgement, type RunReport } from '@/lib/runner';
import type { Exercise } from '../define-lab';
import { draftId, parseDraft, writeDraft, type Draft, type DraftStore } from './drafts';

export type Stage = Exercise['stages'][number];

/** What an exercise tells; whoever shows it adds id, time and lesson (lib/course/events.ts). */
export type ExerciseEvent =
  | { type: 'exercise:attempted'; lab: string; stage: string; passed: boolean; code: string }
  | { type: 'exercise:solution-shown'; lab: string; stage: string };

export type Attempt = { report: RunReport; judgement: Judgement };

/** The longest code that the log of events takes. */
const MAX_CODE = 20_000;

/** One stage of an exercise: its code with its draft, its run, its attempts. A stored draft never runs by itself. */
export function useExercise(
  lab: string,
  stage: Stage,
  draftStore: DraftStore,
  onEvent: (event: ExerciseEvent) => void,
) {
  const { starter } = stage;
  const id = draftId(lab, stage.id);
  const [draft, setDraft] = useState<Draft>({});
  const [attempt, setAttempt] = useState<Attempt>();
  const [attempts, setAttempts] = useState(0);
  const [solutionShown, setSolutionShown] = useState(false);
  const running = useRef<AbortController>(undefined);
  const [isRunning, setIsRunning] = useState(false);
  const code = draft.code ?? starter;

  // After the first render: the server does not know this browser's drafts.
  useEffect(() => setDraft(parseDraft(draftStore.load(id), starter)), [draftStore, id, starter]);
  useEffect(() => () => running.current?.abort(), []);

  const keep = (next: Draft) => {
    setDraft(next);
    draftStore.save(id, writeDraft(next, starter));
  };

  const run = async () => {
    if (running.current) return;
    const controller = new AbortController();
    running.current = controller;
    setIsRunning(true);
    const report = await runLearnerCode({ code, calls: callsOf(stage) }, { signal: controller.signal });
    if (controller.signal.aborted) return;
    running.current = undefined;
    setIsRunning(false);
    const judgement = judgeExercise(stage, report);
    setAttempt({ report, judgement });
    if (report.status === 'stopped' && report.code === 'RUNNER_UNAVAILABLE') return;
    setAttempts(attempts + 1);
    onEvent({
      type: 'exercise:attempted',
      lab,
      stage: stage.id,
      passed: judgement.passed,
      code: code.slice(0, MAX_CODE),
    });
  };

  return {
    code,
    draft,
    attempt,
    attempts,
    isRunning,
    solutionShown,
    run,
    setCode: (text: string) => keep({ ...draft, code: text }),
    reset: () => keep({ ...draft, code: starter }),
    takeAside: () => keep({ ...(draft.aside !== undefined && { code: draft.aside }) }),
    dropAside: () => keep({ ...(draft.code !== undefined && { code: draft.code }) }),
    showSolution: () => {
      if (!solutionShown) onEvent({ type: 'exercise:solution-shown', lab, stage: stage.id });
      setSolutionShown(true);
    },
  };
}
