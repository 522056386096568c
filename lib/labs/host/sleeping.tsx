import { use, useEffect, useRef, useState, type ReactNode } from 'react';
import { useEarlyInput } from '@/lib/ui/early-input';

/** So far below the screen a part is woken. */
const MARGIN = '200px 0px';

type Props<Loaded> = {
  /** Fetches the part's code; the same promise each time. */
  load: () => Promise<Loaded>;
  children: (loaded: Loaded) => ReactNode;
};

/**
 * A part of the page that the server draws and the browser leaves as it is, without its scripts, until it comes
 * near the screen; then it is drawn anew in its place. Not a Suspense boundary: the server would put such a
 * part's HTML at the document's end for a script to fetch, and without scripts there would be nothing to see
 * (docs/decisions/0007).
 */
export function Sleeping<Loaded>({ load, children }: Props<Loaded>) {
  if (typeof window === 'undefined') return <div data-asleep>{children(use(load()))}</div>;
  return <Waking load={load}>{children}</Waking>;
}

function Waking<Loaded>({ load, children }: Props<Loaded>) {
  const [part, setPart] = useState<{ loaded: Loaded }>();
  const element = useRef<HTMLDivElement>(null);
  useEarlyInput(element, part !== undefined);

  useEffect(() => {
    const wake = () => void load().then((loaded) => setPart({ loaded }));
    // After a walk within the site there is no server's drawing to leave in place.
    if (!element.current?.firstChild) return wake();
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        wake();
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [load]);

  if (part) {
    return (
      <div key="awake" ref={element}>
        {children(part.loaded)}
      </div>
    );
  }
  // React takes over an element whose HTML is given as text without looking inside: the server's stays.
  return (
    <div
      key="asleep"
      data-asleep
      ref={element}
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: '' }}
    />
  );
}

/** Loads once for each key, and gives the same promise ever after: what `load` of Sleeping has to be. */
export function createLoader<Key, Loaded>(
  load: (key: Key) => Promise<Loaded>,
): (key: Key) => () => Promise<Loaded> {
  const loaders = new Map<Key, () => Promise<Loaded>>();
  return (key) => {
    let loader = loaders.get(key);
    if (!loader) {
      let loading: Promise<Loaded> | undefined;
      loader = () => (loading ??= load(key));
      loaders.set(key, loader);
    }
    return loader;
  };
}
