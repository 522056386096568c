import { seqAtOrBefore, seqBefore } from '../segment';
import { acknowledge } from './acknowledge';
import type { Draft } from './draft';
import { closeConnection, emit, moveTo, note } from './draft';
import { takeFastOpenAnswer } from './fast-open';
import { receiveText } from './receive-text';
import type { Segment } from './segment';
import { sendSynAck, takeSyn } from './synchronize';

/** §3.10.7.3: our SYN is out, nothing has come back yet. */
export function arrivesInSynSent(draft: Draft, segment: Segment): void {
  const { c } = draft;
  const { ack } = segment;

  // First, check the ACK bit: does it acknowledge something that was never sent?
  if (ack !== null && (seqAtOrBefore(ack, c.iss) || seqBefore(c.sndMax, ack))) {
    if (segment.rst) return note(draft, 'syn-sent.rst-ignored', { ack });
    emit(draft, { seq: ack, ack: null, rst: true });
    return note(draft, 'syn-sent.ack-unacceptable', { ack, iss: c.iss, sndNxt: c.sndNxt });
  }

  // Second, check the RST bit: only with an acceptable ACK it can answer our SYN.
  if (segment.rst) {
    if (ack === null) return note(draft, 'syn-sent.rst-ignored');
    return closeConnection(draft, 'syn-sent.rst', 'refused');
  }

  // Third, check the security: not modelled.

  // Fourth, check the SYN bit. Fifth, drop the segment if neither SYN nor RST is set.
  if (!segment.syn) return note(draft, 'syn-sent.dropped');
  takeSyn(draft, segment);
  if (ack !== null) {
    acknowledge(draft, ack);
    moveTo(draft, 'ESTABLISHED', 'syn-sent.syn-ack', { irs: segment.seq, ack });
    draft.effects.push({ type: 'connected' });
    takeFastOpenAnswer(draft, segment);
    draft.ackNow = true;
    // "If there are other controls or text in the segment, then continue processing at the sixth step".
    return receiveText(draft, segment);
  }
  // Both sides said SYN. Ours goes again, now with an ACK; its number and its timer stay.
  sendSynAck(draft, false);
  moveTo(draft, 'SYN-RECEIVED', 'syn-sent.syn', { irs: segment.seq, iss: c.iss });
}
