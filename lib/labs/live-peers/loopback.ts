/**
 * A page that was not allowed to use camera or microphone gets its own addresses as names ending in `.local`, which
 * only multicast DNS can resolve (draft-ietf-mmusic-mdns-ice-candidates). Where that does not work, in a container for
 * one, two tabs of one machine would not find each other. The socket listens on every address, so a second copy of the
 * candidate says 127.0.0.1; on another machine its check gets no answer, and costs nothing.
 */
const HIDDEN = /^((?:a=)?candidate:\S+ \d+ udp \d+ )\S+\.local( .*)$/i;

/** The candidate, and its copy where its address is hidden. */
export function withLoopback(candidate: string): string[] {
  const copy = candidate.replace(HIDDEN, '$1127.0.0.1$2');
  return copy === candidate ? [candidate] : [candidate, copy];
}

/** The same for all candidates that stand in a description. */
export function withLoopbackLines(sdp: string): string {
  return sdp
    .split('\r\n')
    .flatMap((line) => withLoopback(line))
    .join('\r\n');
}
