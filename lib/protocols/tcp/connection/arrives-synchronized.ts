import { seqAdd, seqBefore, seqDistance, seqInWindow } from '../segment';
import { checkAck } from './check-ack';
import type { Draft } from './draft';
import { closeConnection, note, returnToListen, startTimer } from './draft';
import { receiveText } from './receive-text';
import type { Segment } from './segment';
import { segmentLength } from './segment';

/** §3.10.7.4: SYN-RECEIVED and all later states. Each check may be the last. */
export function arrivesSynchronized(draft: Draft, arrived: Segment): void {
  const segment = withoutCrossingSyn(draft, arrived);

  // First, check the sequence number.
  if (!isAcceptable(draft, segment)) return;
  // Second, check the RST bit.
  if (segment.rst) return checkReset(draft, segment);
  // Third, check the security: not modelled.
  // Fourth, check the SYN bit.
  if (segment.syn) return checkSyn(draft, segment);
  // Fifth, check the ACK field.
  if (checkAck(draft, segment) === 'drop') return;
  // Sixth, check the URG bit: not modelled.
  // Seventh, process the segment text. Eighth, check the FIN bit.
  receiveText(draft, segment);
}

/**
 * After a simultaneous open the peer's SYN comes twice, the second time with the ACK. Its SYN is known, so it
 * is cut off like any octet left of the window; the rest counts (Figure 7, lines 5 and 6).
 */
function withoutCrossingSyn(draft: Draft, segment: Segment): Segment {
  const { state, irs, passive } = draft.c;
  const isCrossing = state === 'SYN-RECEIVED' && !passive && segment.syn && segment.ack !== null;
  if (!isCrossing || segment.seq !== irs) return segment;
  note(draft, 'syn-received.crossing-syn');
  // The window of a SYN is not scaled; without its SYN bit the segment's would be.
  const wnd = segment.wnd / 2 ** draft.c.sndScale;
  return { ...segment, syn: false, seq: seqAdd(segment.seq, 1), wnd };
}

/**
 *     Segment  Receive  Test
 *     Length   Window
 *        0        0     SEG.SEQ = RCV.NXT
 *        0       >0     RCV.NXT =< SEG.SEQ < RCV.NXT+RCV.WND
 *       >0        0     not acceptable
 *       >0       >0     RCV.NXT =< SEG.SEQ < RCV.NXT+RCV.WND
 *                       or RCV.NXT =< SEG.SEQ+SEG.LEN-1 < RCV.NXT+RCV.WND
 */
function isAcceptable(draft: Draft, segment: Segment): boolean {
  const { c } = draft;
  const length = segmentLength(segment);
  const inWindow = (seq: number): boolean => seqInWindow(seq, c.rcvNxt, c.rcvWnd);
  if (length === 0) {
    if (c.rcvWnd === 0 ? segment.seq === c.rcvNxt : inWindow(segment.seq)) return true;
  } else if (inWindow(segment.seq) || inWindow(seqAdd(segment.seq, length - 1))) {
    return true;
  } else if (
    c.rcvWnd > 0 &&
    seqBefore(segment.seq, c.rcvNxt) &&
    seqDistance(c.rcvNxt, segment.seq) + length > c.rcvWnd
  ) {
    return true; // it starts before the window and ends after it: all of the window is in it
  }

  const values = { seq: segment.seq, octets: length, rcvNxt: c.rcvNxt, rcvWnd: c.rcvWnd };
  if (segment.rst) {
    note(draft, 'sequence.rst-outside', values);
    return false;
  }
  draft.ackNow = true; // <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
  // A full buffer refuses the text, but "special allowance should be made to accept valid ACKs".
  if (c.rcvWnd === 0 && segment.seq === c.rcvNxt && !segment.syn) {
    note(draft, 'sequence.zero-window-allowance', values);
    checkAck(draft, segment);
    return false;
  }
  note(draft, 'sequence.unacceptable', values);
  if (c.state === 'TIME-WAIT' && segment.fin) {
    // "The only thing that can arrive in this state is a retransmission of the remote FIN."
    startTimer(draft, 'time-wait', 2 * c.config.mslMs);
    note(draft, 'time-wait.fin-again');
  }
  return false;
}

/** A reset counts only with exactly the number expected next; otherwise ask (RFC 5961 §3). */
function checkReset(draft: Draft, segment: Segment): void {
  const { c } = draft;
  const values = { seq: segment.seq, rcvNxt: c.rcvNxt };
  if (segment.seq !== c.rcvNxt) {
    draft.ackNow = true; // challenge ACK: a real peer answers it with the exact number
    return note(draft, 'rst.challenge', values);
  }
  switch (c.state) {
    case 'SYN-RECEIVED':
      if (c.passive) return returnToListen(draft, 'rst.to-listen', values);
      return closeConnection(draft, 'rst.refused', 'refused', values);
    case 'CLOSING':
    case 'LAST-ACK':
    case 'TIME-WAIT':
      return closeConnection(draft, 'rst.exact', 'closed', values);
    default:
      return closeConnection(draft, 'rst.exact', 'reset', values);
  }
}

/** A SYN inside the window: an old duplicate, or an attack, or a peer that started again. */
function checkSyn(draft: Draft, segment: Segment): void {
  const { c } = draft;
  const values = { seq: segment.seq, rcvNxt: c.rcvNxt };
  if (c.state === 'SYN-RECEIVED' && c.passive) return returnToListen(draft, 'syn.to-listen', values);
  draft.ackNow = true; // challenge ACK (RFC 5961 §4): a peer that lost its memory answers with a reset
  note(draft, 'syn.challenge', values);
}
