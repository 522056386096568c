import { seqAdd, seqAtOrBefore, seqBefore } from '../segment';
import { acknowledge, countDuplicateAck } from './acknowledge';
import type { Connection } from './connection';
import type { Draft } from './draft';
import { closeConnection, emit, moveTo, note } from './draft';
import type { Segment } from './segment';
import { takeWindow } from './synchronize';

/** The fifth check of §3.10.7.4. `drop`: the segment goes no further. */
export function checkAck(draft: Draft, segment: Segment): 'continue' | 'drop' {
  const { c } = draft;
  const { ack } = segment;
  if (ack === null) {
    note(draft, 'ack.missing');
    return 'drop';
  }

  if (c.state === 'SYN-RECEIVED') {
    // SND.UNA < SEG.ACK =< SND.NXT, or <SEQ=SEG.ACK><CTL=RST>
    if (!seqBefore(c.sndUna, ack) || seqBefore(c.sndMax, ack)) {
      emit(draft, { seq: ack, ack: null, rst: true });
      draft.ackNow = false;
      note(draft, 'ack.unacceptable-reset', { ack, sndUna: c.sndUna, sndNxt: c.sndNxt });
      return 'drop';
    }
    takeWindow(c, segment);
    moveTo(draft, 'ESTABLISHED', 'ack.establishes', { ack });
    draft.effects.push({ type: 'connected' });
    if (c.receiveBuffer !== '' && !c.fastOpenAccepted) {
      draft.effects.push({ type: 'data', octets: c.receiveBuffer.length });
    }
    // A CLOSE that waited for this.
    if (c.closeRequested) moveTo(draft, 'FIN-WAIT-1', 'close.fin', { octetsBefore: c.sendBuffer.length });
  } else if (!seqAtOrBefore(seqAdd(c.sndUna, -c.maxSndWnd), ack)) {
    // RFC 5961 §5: an ACK from too long ago was guessed by someone who cannot see the connection.
    draft.ackNow = true;
    note(draft, 'ack.too-old', { ack, sndUna: c.sndUna });
    return 'drop';
  }

  if (seqBefore(c.sndMax, ack)) {
    draft.ackNow = true;
    note(draft, 'ack.not-yet-sent', { ack, sndNxt: c.sndNxt });
    return 'drop';
  }
  if (seqBefore(c.sndUna, ack)) {
    note(draft, 'ack.advances', { ack, octets: (ack - c.sndUna) >>> 0 });
    acknowledge(draft, ack);
  } else if (ack === c.sndUna) {
    if (c.timers.persist !== undefined) c.retries = 0; // it answers our probes: probe on
    countDuplicateAck(draft, segment);
  }
  updateSendWindow(draft, segment, ack);
  return finProgress(draft);
}

/** Old segments must not bring back old windows: SND.WL1 and SND.WL2 remember which was the last. */
function updateSendWindow(draft: Draft, segment: Segment, ack: number): void {
  const { c } = draft;
  if (seqBefore(ack, c.sndUna)) return;
  const isNewer =
    seqBefore(c.sndWl1, segment.seq) || (c.sndWl1 === segment.seq && seqAtOrBefore(c.sndWl2, ack));
  if (!isNewer) return;
  const before = c.sndWnd;
  takeWindow(c, segment);
  if (c.sndWnd !== before) note(draft, 'window.update', { fromOctets: before, toOctets: c.sndWnd });
}

/** What the acknowledgment of our FIN changes. */
function finProgress(draft: Draft): 'continue' | 'drop' {
  const { c } = draft;
  if (!isFinAcknowledged(c)) return c.state === 'CLOSING' || c.state === 'LAST-ACK' ? 'drop' : 'continue';
  switch (c.state) {
    case 'FIN-WAIT-1':
      moveTo(draft, 'FIN-WAIT-2', 'ack.of-fin', { ack: c.sndUna });
      return 'continue';
    case 'CLOSING':
      moveTo(draft, 'TIME-WAIT', 'ack.of-fin', { ack: c.sndUna });
      return 'drop';
    case 'LAST-ACK':
      closeConnection(draft, 'ack.closes', 'closed', { ack: c.sndUna });
      return 'drop';
    default:
      return 'continue';
  }
}

function isFinAcknowledged(c: Connection): boolean {
  return c.closeRequested && seqBefore(seqAdd(c.sendBufferSeq, c.sendBuffer.length), c.sndUna);
}
