import { useCallback, useEffect, useMemo, useState } from 'react';
import type * as z from 'zod/mini';
import { decodeCapsule, CapsuleError, type CapsuleErrorCode } from '../capsule';
import type { Lab, LabViewProps, Step } from '../define-lab';

/** Every lab runs from the same seed unless its params carry one: same capsule, same result, for ever. */
const DEFAULT_SEED = 1;

/** A whole run is played in about this time, whatever its number of steps. */
const PLAY_MS = 6000;
const MIN_STEP_MS = 40;
const MAX_STEP_MS = 900;

export type LabState<Params, Result> = LabViewProps<Params, Result> & {
  steps: readonly Step[];
  playing: boolean;
  /** Plays from the start if the run is at its end. */
  play(): void;
  pause(): void;
  /** Back to the params the lab was opened with. */
  reset(): void;
  /** Why the capsule in the address was not used. */
  capsuleProblem: CapsuleErrorCode | undefined;
  /** Did the learner change or run anything yet? */
  touched: boolean;
};

/**
 * The state of one lab on a page. At rest the last step is shown, so that the server's picture is the whole
 * run; a change of params runs again and rests at the end.
 */
export function useLab<Schema extends z.ZodMiniType<object>, Result>(
  lab: Lab<Schema, Result>,
  preset: Partial<z.output<Schema>>,
  capsuleText: string | undefined,
): LabState<z.output<Schema>, Result> {
  type Params = z.output<Schema>;
  const [initial] = useState<Params>(() => lab.params.parse(preset));
  const [params, setAllParams] = useState<Params>(initial);
  const [position, setPosition] = useState<number | 'end'>('end');
  const [playing, setPlaying] = useState(false);
  const [touched, setTouched] = useState(false);
  const [capsuleProblem, setCapsuleProblem] = useState<CapsuleErrorCode>();

  const result = useMemo(() => lab.run(params, { seed: seedOf(params) }), [lab, params]);
  const steps = useMemo(() => lab.steps(result, params), [lab, result, params]);
  const last = Math.max(0, steps.length - 1);
  const at = position === 'end' ? last : Math.min(position, last);

  useEffect(() => {
    if (!capsuleText) return;
    try {
      const capsule = decodeCapsule(capsuleText, lab);
      setAllParams(capsule.params);
      setPosition(capsule.at ?? 'end');
      setCapsuleProblem(undefined);
    } catch (error) {
      if (!(error instanceof CapsuleError)) throw error;
      setCapsuleProblem(error.code);
    }
  }, [capsuleText, lab]);

  useEffect(() => {
    if (!playing) return;
    if (at >= last) {
      setPlaying(false);
      return;
    }
    const delayMs = Math.min(MAX_STEP_MS, Math.max(MIN_STEP_MS, PLAY_MS / (last + 1)));
    const timer = setTimeout(() => setPosition(at + 1), delayMs);
    return () => clearTimeout(timer);
  }, [playing, at, last]);

  const setParams = useCallback(
    (change: Partial<Params>) => {
      setTouched(true);
      setPlaying(false);
      setPosition('end');
      setAllParams((current) => {
        const next = lab.params.safeParse({ ...current, ...change });
        return next.success ? next.data : current;
      });
    },
    [lab],
  );

  return {
    params,
    setParams,
    result,
    steps,
    at,
    setAt: (step) => {
      setPlaying(false);
      setPosition(step);
    },
    playing,
    play: () => {
      setTouched(true);
      if (at >= last) setPosition(0);
      setPlaying(true);
    },
    pause: () => setPlaying(false),
    reset: () => {
      setPlaying(false);
      setPosition('end');
      setAllParams(initial);
      setCapsuleProblem(undefined);
    },
    capsuleProblem,
    touched,
  };
}

function seedOf(params: object): number {
  return 'seed' in params && typeof params.seed === 'number' ? params.seed : DEFAULT_SEED;
}
