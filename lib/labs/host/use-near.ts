import { useCallback, useRef, useState } from 'react';

/** So far below the screen a lab is made ready. */
const MARGIN = '300px 0px';

/**
 * A promise that is kept when an element comes near the screen, for `use` inside a Suspense boundary. The server
 * draws at once; in the browser its picture stays as it is, without a script, until the reader gets there.
 */
export function useNear(): { ref: (element: Element | null) => void; near: Promise<void> } {
  const [{ near, keep }] = useState(createPromise);
  const observer = useRef<IntersectionObserver>(null);
  const ref = useCallback(
    (element: Element | null) => {
      observer.current?.disconnect();
      if (!element) return;
      // Reached by a link within the site: the server has drawn nothing, and what is below must not jump later.
      if (!element.firstElementChild) return keep();
      observer.current = new IntersectionObserver(
        (entries) => {
          if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
          observer.current?.disconnect();
          keep();
        },
        { rootMargin: MARGIN },
      );
      observer.current.observe(element);
    },
    [keep],
  );
  return { ref, near };
}

function createPromise(): { near: Promise<void>; keep: () => void } {
  if (typeof window === 'undefined') return { near: Promise.resolve(), keep: () => {} };
  let keep = () => {};
  const near = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { near, keep };
}
