/** What the keys need to know and to do; the same props as the stepper's. */
export type TransportState = {
  count: number;
  at: number;
  setAt(step: number): void;
  onPlayPause?: (() => void) | undefined;
};

type KeyLike = {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  target: EventTarget | null;
  preventDefault(): void;
};

/**
 * The shortcuts of a lab: `k` run or pause, `j` back, `l` forward, `0` to the start. Put it on the element
 * that holds the whole lab, so that the keys work only while focus is inside (WCAG 2.1.4). Keys typed into a
 * field are left alone. Answers whether the key was used.
 */
export function handleTransportKey(event: KeyLike, transport: TransportState): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return false;
  const { count, at, setAt, onPlayPause } = transport;
  switch (event.key) {
    case 'k':
      if (!onPlayPause) return false;
      onPlayPause();
      break;
    case 'j':
      setAt(Math.max(0, at - 1));
      break;
    case 'l':
      setAt(Math.min(count - 1, at + 1));
      break;
    case '0':
      setAt(0);
      break;
    default:
      return false;
  }
  event.preventDefault();
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as { tagName?: string; type?: string; isContentEditable?: boolean } | null;
  if (!element?.tagName) return false;
  if (element.isContentEditable) return true;
  if (element.tagName === 'TEXTAREA' || element.tagName === 'SELECT') return true;
  return element.tagName === 'INPUT' && !/^(?:range|radio|checkbox|button)$/.test(element.type ?? '');
}
