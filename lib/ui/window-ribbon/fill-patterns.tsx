import { classNames } from '../class-names';
import { hueClass } from '../layer';
import type { RibbonPart } from './props';

/** What fills a part: its pattern in the SVG whose `FillPatterns` has the same id, or nothing. */
export function fillOf(id: string, { fill, id: part }: RibbonPart): string {
  if (fill === 'open' || fill === 'blank') return 'transparent';
  return fill === 'solid' ? 'var(--hue)' : `url(#${id}${part})`;
}

/** The patterns that some parts need, for use within the same SVG. */
export function FillPatterns({ id, parts }: { id: string; parts: readonly RibbonPart[] }) {
  return (
    <defs>
      {parts.map((part) =>
        part.fill === 'stripes' || part.fill === 'dots' ? (
          <pattern
            key={part.id}
            id={`${id}${part.id}`}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            className={classNames(hueClass[part.layer])}
          >
            <rect width="8" height="8" className="fill-(--hue-soft)" />
            {part.fill === 'stripes' ? (
              <path d="M-2 2l4-4M0 8l8-8M6 10l4-4" className="stroke-(--hue) stroke-[2.5]" />
            ) : (
              <path
                d="M2 2h.01M6 6h.01"
                strokeLinecap="round"
                className="fill-none stroke-(--hue) stroke-[2.5]"
              />
            )}
          </pattern>
        ) : null,
      )}
    </defs>
  );
}
