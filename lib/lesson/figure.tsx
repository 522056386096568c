import { LessonError } from './context';
import type { ReactNode } from 'react';

export type FigureProps = {
  /** What the picture says, for those who do not see it. */
  alt: string;
  /** An image of ours below /public; or an SVG as children. */
  src?: string;
  width?: number;
  height?: number;
  caption?: string;
  children?: ReactNode;
  source?: string;
};

export function Figure({ alt, src, width, height, caption, children, source }: FigureProps) {
  if (!alt.trim()) throw new LessonError(source, '<Figure> has no alt text');
  return (
    <figure className="lesson-figure">
      {src === undefined ? (
        <div role="img" aria-label={alt}>
          {children}
        </div>
      ) : (
        <img src={src} alt={alt} width={width} height={height} loading="lazy" />
      )}
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  );
}
