import { useEffect, useId, useRef, useState } from 'react';
import type * as z from 'zod/mini';
import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import type { Lab, Task } from '../define-lab';
import type { LabEvent } from './lab-event';

type Props<Schema extends z.ZodMiniType<object>, Result> = {
  lab: Lab<Schema, Result>;
  tasks: readonly Task<z.output<Schema>, Result>[];
  params: z.output<Schema>;
  result: Result;
  /** False until the learner did something: an untouched lab solves nothing. */
  active: boolean;
  onEvent?: ((event: LabEvent) => void) | undefined;
};

/** What to make happen. A task ticks itself when the run fulfils it, and stays ticked. */
export function TaskList<Schema extends z.ZodMiniType<object>, Result>(props: Props<Schema, Result>) {
  const { lab, tasks, params, result, active, onEvent } = props;
  const t = useText();
  const titleId = useId();
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set());
  const [hinted, setHinted] = useState<string>();
  const recorded = useRef(new Set<string>());

  useEffect(() => {
    if (!active) return;
    for (const task of tasks) {
      if (recorded.current.has(task.id) || !task.check(result, params).passed) continue;
      recorded.current.add(task.id);
      setPassed(new Set(recorded.current));
      onEvent?.({ type: 'task:passed', lab: lab.id, task: task.id });
    }
  }, [active, tasks, result, params, lab, onEvent]);

  return (
    <div className="lab-tasks">
      <p className="lab-part-title" id={titleId}>
        {t('labFrame.tasks.title', { done: passed.size, all: tasks.length })}
      </p>
      <ol aria-labelledby={titleId}>
        {tasks.map((task) => {
          const done = passed.has(task.id);
          const verdict = hinted === task.id && !done ? task.check(result, params) : undefined;
          return (
            <li key={task.id} id={`${lab.id}.${task.id}`} data-done={done}>
              <svg
                className="lab-task-mark"
                viewBox="0 0 16 16"
                role="img"
                aria-label={t(done ? 'labFrame.tasks.done' : 'labFrame.tasks.open')}
              >
                {done ? <path d="M3 8.5 6.5 12 13 4.5" /> : <circle cx="8" cy="8" r="5" />}
              </svg>
              <span>{t(task.prompt)}</span>
              {!done && (
                <Button tone="bare" onClick={() => setHinted(task.id)}>
                  {t('labFrame.tasks.why')}
                </Button>
              )}
              <span role="status" className="lab-task-hint">
                {verdict?.hint ? t(verdict.hint) : ''}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
