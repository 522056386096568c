import type { ChapterOutline } from '@/lib/course/outline';

/** A chapter's number, or letter, in its layer's hue. */
export function ChapterNumber({ mark, layer }: { mark: string; layer: ChapterOutline['layer'] }) {
  return (
    <span className="chapter-number" data-layer={layer} aria-hidden>
      {mark}
    </span>
  );
}
