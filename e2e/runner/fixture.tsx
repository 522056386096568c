import { createRoot } from 'react-dom/client';
import type { ExerciseEvent } from '@/lib/labs/exercise';
import { createBrowserDrafts } from '@/lib/labs/exercise/drafts';
import { ExercisePanel } from '@/lib/labs/exercise/exercise-panel';
import type { Exercise } from '@/lib/labs/define-lab';
import { runLearnerCode } from '@/lib/runner';
import { TextProvider, type Messages } from '@/lib/text';

const starter = `/** How many round trips until all segments are sent? */
export function slowStartRounds({ segments, initialCwnd }: Sizes): number {
  // Each round may send twice as many as the one before.
  return 0;
}
`;
const rounds = (s: { segments: number; initialCwnd: number }) =>
  Math.ceil(Math.log2(s.segments / s.initialCwnd + 1));
const sizes = [
  { segments: 1, initialCwnd: 10 },
  { segments: 15, initialCwnd: 4 },
  { segments: 45, initialCwnd: 4 },
];

const exercise: Exercise = {
  stages: [
    {
      id: 'rounds',
      starter,
      solution: starter.replace('return 0', 'return Math.ceil(Math.log2(segments / initialCwnd + 1))'),
      hints: 2,
      checks: sizes.map((args, index) => ({
        id: `c${index}`,
        fn: 'slowStartRounds',
        args: [args],
        expected: rounds(args),
      })),
      mistakes: [
        {
          id: 'not-whole',
          fn: 'slowStartRounds',
          wrong: (s: (typeof sizes)[0]) => Math.log2(s.segments / s.initialCwnd + 1),
        },
      ],
    },
    { id: 'ack', starter: 'function onAck() {}\n', solution: '', hints: 0, checks: [], mistakes: [] },
  ],
};

const events: ExerciseEvent[] = [];
const drafts = createBrowserDrafts();
Object.assign(window, { runLearnerCode, events });

const messages = (window as unknown as { messages: Messages }).messages;
createRoot(document.getElementById('root') as HTMLElement).render(
  <TextProvider messages={messages} locale="en">
    <ExercisePanel
      lab="fixture"
      exercise={exercise}
      draftStore={drafts}
      onEvent={(event) => events.push(event)}
      extraTypes="interface Sizes { segments: number; initialCwnd: number }"
    />
  </TextProvider>,
);
