'use client';
import { useText } from '@/lib/text';
import { useProgress } from './context';
import type { SaveState } from './outbox';

/** Colour alone says nothing here: each state has a shape of its own beside its words. */
const SHAPES: Record<SaveState, string> = {
  idle: '',
  saved: 'M3 8.5 6.5 12 13 4.5',
  saving: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  waiting: 'M5.5 3v10M10.5 3v10',
  'not-kept': 'M8 2.5v7M8 12.5v.5',
};

/** Says truthfully whether what was done is kept. Takes the same room in every state, so nothing moves. */
export function SaveStatus() {
  const t = useText();
  const status = useProgress('status');
  const refused = useProgress('refused');
  return (
    <p role="status" aria-live="polite" data-save-status={status} className="save-status">
      {(['saved', 'saving', 'waiting', 'not-kept'] as const).map((state) => (
        <span
          key={state}
          // All stand in one cell; the hidden ones hold its size, and are not read out.
          style={{ gridArea: '1 / 1', visibility: state === status ? 'visible' : 'hidden' }}
        >
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className="mr-1 inline-block">
            <path d={SHAPES[state]} fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
          </svg>
          {t(`progress.status.${state}`)}
          {state === 'saved' && refused > 0 ? ` ${t('progress.status.refused', { count: refused })}` : ''}
        </span>
      ))}
    </p>
  );
}
