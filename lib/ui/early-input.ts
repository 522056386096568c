import { useEffect, useRef, type RefObject } from 'react';

declare global {
  // Both are noted by a script in the document's head (app/document.tsx), before any other.
  interface Window {
    /** Where the last press went. */
    lastPressed?: EventTarget | null;
    /** Fields that the learner changed, and not the browser, which restores what it remembers. */
    entered?: WeakSet<EventTarget>;
  }
}

/** What a learner did to an element. */
type Deed =
  | { kind: 'click' | 'focus' | 'open' }
  | { kind: 'checked'; checked: boolean }
  | { kind: 'value'; value: string };

/** A deed and where its element stands: which child at each level. */
type Act = Deed & { tagName: string; place: readonly number[] };

const FIELDS = 'input, textarea, select';

/**
 * What the learner did in the moment before the scripts came is done then. What was entered, opened or pressed in a
 * part that is still asleep is carried over to the part awake, another element of the same shape, and the keyboard
 * stays where it was. In a part that is awake from the first it is repeated, since React sets a choice back to what
 * the server drew and does not hear of a text.
 */
export function useEarlyInput(part: RefObject<HTMLElement | null>, isAwake: boolean): void {
  const early = useRef<{ entered?: Act[]; click?: Act; focus?: Act }>({});

  useEffect(() => {
    const root = part.current;
    if (!root) return;
    const acts = early.current;
    const notePress = (target: Element) => {
      // What a press does to a field, by its label too, or to a disclosure is seen in its state.
      if (!target.closest(`${FIELDS}, label, summary`)) acts.click = actOn(root, target, { kind: 'click' });
    };
    const { lastPressed } = window;
    if (lastPressed instanceof Element && root.contains(lastPressed)) {
      if (!isAwake) notePress(lastPressed);
      else if (lastPressed instanceof HTMLInputElement) {
        // Checked by the browser already, it would not change.
        lastPressed.checked = lastPressed.defaultChecked;
        acts.click = actOn(root, lastPressed, { kind: 'click' });
      }
      window.lastPressed = null;
    }
    if (isAwake) {
      for (const act of acts.entered ?? valuesIn(root)) repeat(act, root);
      if (acts.click) repeat(acts.click, root);
      if (acts.focus) repeat(acts.focus, root);
      return;
    }
    const noteFocus = (target: Element) => (acts.focus = actOn(root, target, { kind: 'focus' }));
    const note = ({ type, target }: Event) => {
      if (target instanceof Element) (type === 'click' ? notePress : noteFocus)(target);
    };
    const focused = document.activeElement;
    if (focused && root.contains(focused)) noteFocus(focused);
    root.addEventListener('focusin', note);
    root.addEventListener('click', note);
    return () => {
      root.removeEventListener('focusin', note);
      root.removeEventListener('click', note);
      acts.entered = [...openedIn(root), ...ticksIn(root), ...valuesIn(root)];
    };
  }, [part, isAwake]);
}

function openedIn(root: Element): Act[] {
  return [...root.querySelectorAll('details[open]')].map((details) => actOn(root, details, { kind: 'open' }));
}

function ticksIn(root: Element): Act[] {
  return enteredIn(root).flatMap((field) =>
    isTicked(field) ? [actOn(root, field, { kind: 'checked', checked: field.checked })] : [],
  );
}

function valuesIn(root: Element): Act[] {
  return enteredIn(root).flatMap((field) =>
    isTicked(field) ? [] : [actOn(root, field, { kind: 'value', value: field.value })],
  );
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function enteredIn(root: Element): Field[] {
  return [...root.querySelectorAll<Field>(FIELDS)].filter((field) => window.entered?.has(field));
}

function isTicked(field: Field): field is HTMLInputElement {
  return field.type === 'checkbox' || field.type === 'radio';
}

function actOn(root: Element, target: Element, deed: Deed): Act {
  const place: number[] = [];
  for (let at = target, parent = at.parentElement; parent && at !== root; parent = at.parentElement) {
    place.unshift([...parent.children].indexOf(at));
    at = parent;
  }
  return { ...deed, place, tagName: target.tagName };
}

function repeat(act: Act, root: Element): void {
  let at: Element | undefined = root;
  for (const index of act.place) at = at?.children[index];
  // The part may look otherwise by now: then there is nothing to do it to.
  if (at?.tagName !== act.tagName) return;
  if (act.kind === 'click') press(at);
  if (act.kind === 'open' && at instanceof HTMLDetailsElement) at.open = true;
  if (act.kind === 'checked' && at instanceof HTMLInputElement && at.checked !== act.checked) press(at);
  if (act.kind === 'value') enter(at as Field, act.value);
  if (act.kind === 'focus' && at instanceof HTMLElement && document.activeElement === document.body)
    at.focus({ preventScroll: true });
}

function press(element: Element): void {
  element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
}

/** As if typed: React hears of a value only if it differs from the last that was set through the element itself. */
function enter(field: Field, value: string): void {
  field.value = '';
  const prototype: unknown = Object.getPrototypeOf(field);
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
}
