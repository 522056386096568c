import type { Draft } from './draft';
import { note } from './draft';
import type { Segment } from './segment';

/**
 * The server's side of a SYN with a Fast Open option (RFC 7413 §4.2.2). A right cookie proves that this
 * client was at this address before: its data is delivered at once. A wrong one costs it nothing but the
 * data, which is not acknowledged and comes again; it gets a fresh cookie.
 */
export function takeFastOpenSyn(draft: Draft, segment: Segment): 'accepted' | 'refused' | 'no-option' {
  const { c } = draft;
  const expected = c.config.fastOpenCookieForPeer;
  const seen = segment.fastOpenCookie;
  if (expected === null || seen === undefined) return 'no-option';
  if (seen === expected) {
    c.fastOpenAccepted = true;
    note(draft, 'fast-open.data-accepted', { octets: segment.data.length });
    return 'accepted';
  }
  c.fastOpenCookie = expected;
  if (seen === '') note(draft, 'fast-open.cookie-asked');
  else note(draft, 'fast-open.cookie-wrong', { octets: segment.data.length });
  return 'refused';
}

/** The client's side of the SYN-ACK: a cookie for next time, and data that has to go again (§4.2.1). */
export function takeFastOpenAnswer(draft: Draft, segment: Segment): void {
  const { c } = draft;
  if (c.config.fastOpenCookie !== null && segment.fastOpenCookie) {
    c.fastOpenCookie = segment.fastOpenCookie;
    note(draft, 'fast-open.cookie-stored', { cookie: segment.fastOpenCookie });
  }
  if (c.sndUna !== c.sndNxt) {
    note(draft, 'fast-open.data-again', { octets: c.sendBuffer.length });
    c.sndNxt = c.sndUna;
    c.timed = null;
  }
}
