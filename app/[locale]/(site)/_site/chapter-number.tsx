import type { ChapterOutline } from '@/lib/course/outline';

/** A chapter's number in its layer's hue. The foundations come before the first chapter, as F. */
export function ChapterNumber({ n, layer }: { n: number; layer: ChapterOutline['layer'] }) {
  return (
    <span className="chapter-number" data-layer={layer} aria-hidden>
      {n === 0 ? 'F' : n}
    </span>
  );
}
