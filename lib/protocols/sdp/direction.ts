import type { Direction } from './description';

/** Whether the writer of this direction sends (RFC 8866 §6.7). */
export function isSending(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

/** Whether the writer of this direction receives (RFC 8866 §6.7). */
export function isReceiving(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}

/** The direction of one who sends, receives, does both or neither (RFC 8866 §6.7). */
export function directionOf({ sends, receives }: { sends: boolean; receives: boolean }): Direction {
  if (sends) return receives ? 'sendrecv' : 'sendonly';
  return receives ? 'recvonly' : 'inactive';
}

/** What the answerer may do (RFC 3264 §6.1): send what the offerer receives, receive what it sends. */
export function answerDirection(offered: Direction, wanted: Direction): Direction {
  return directionOf({
    sends: isReceiving(offered) && isSending(wanted),
    receives: isSending(offered) && isReceiving(wanted),
  });
}
