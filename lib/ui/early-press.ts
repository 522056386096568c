import { useEffect, useRef, type RefObject } from 'react';

declare global {
  interface Window {
    /** Where the last press went; noted by a script in the document's head (app/document.tsx), before any other. */
    lastPressed?: EventTarget | null;
  }
}

/** What a learner did to a part before its scripts: pressed something, or came to it by keyboard. */
type Press = {
  kind: 'click' | 'focus';
  /** Where the element stands: which child at each level. The part asleep and the part awake share their places. */
  place: readonly number[];
  tagName: string;
};

/**
 * What the learner did in the moment before the scripts came is done then. A press on a part that is still asleep is carried
 * over to the part awake, which is another element, and the keyboard stays where it was; one on a part that is awake
 * from the first is repeated, since React sets the page back to what the server drew.
 */
export function useEarlyPress(part: RefObject<HTMLElement | null>, isAwake: boolean): void {
  const press = useRef<Press>(undefined);

  useEffect(() => {
    const root = part.current;
    if (!root) return;
    const { lastPressed } = window;
    // A disclosure that is awake from the first has opened by itself: repeated, the press would close it.
    if (lastPressed instanceof (isAwake ? HTMLInputElement : Element) && root.contains(lastPressed)) {
      // Checked by the browser already, it would not change.
      if (lastPressed instanceof HTMLInputElement) lastPressed.checked = lastPressed.defaultChecked;
      press.current = noted('click', root, lastPressed);
      window.lastPressed = null;
    }
    if (isAwake) {
      if (press.current) repeat(press.current, root);
      return;
    }
    const note = ({ type, target }: Event) => {
      if (target instanceof Element)
        press.current = noted(type === 'click' ? 'click' : 'focus', root, target);
    };
    const focused = document.activeElement;
    if (focused && root.contains(focused)) press.current ??= noted('focus', root, focused);
    root.addEventListener('focusin', note);
    root.addEventListener('click', note);
    return () => {
      root.removeEventListener('focusin', note);
      root.removeEventListener('click', note);
    };
  }, [part, isAwake]);
}

function noted(kind: Press['kind'], root: Element, target: Element): Press {
  const place: number[] = [];
  for (let at = target, parent = at.parentElement; parent && at !== root; parent = at.parentElement) {
    place.unshift([...parent.children].indexOf(at));
    at = parent;
  }
  return { kind, place, tagName: target.tagName };
}

function repeat({ kind, place, tagName }: Press, root: Element): void {
  let at: Element | undefined = root;
  for (const index of place) at = at?.children[index];
  // The part may look otherwise by now: then there is nothing to press.
  if (at?.tagName !== tagName) return;
  if (at instanceof HTMLElement && document.activeElement === document.body)
    at.focus({ preventScroll: true });
  if (kind === 'click') at.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
}
