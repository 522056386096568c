import { classNames } from '../class-names';

const paths = {
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  forth: 'M2 8h12M10 4l4 4-4 4',
  back: 'M14 8H2M6 4 2 8l4 4',
  /** Once more: a turn back to the start. */
  again: 'M2 11a6 6 0 1 0 1.5-7.2M2.5.8V5h4.2',
  /** Two of the same. */
  twice: 'M2 5h11M10 2l3 3-3 3M2 11h11M10 8l3 3-3 3',
};

export type SignProps = { of: keyof typeof paths; className?: string };

/**
 * A sign among words, as high as they are and in their colour. Drawn, since our faces have none of these and every
 * system would show its own. Nothing is read out: the words beside it say the same.
 */
export function Sign({ of, className }: SignProps) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className={classNames('inline-block size-[0.85em] align-[-0.06em]', className)}
    >
      <path d={paths[of]} fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
