import { seqAdd } from '../segment';
import { arrivesInSynSent } from './arrives-in-syn-sent';
import { arrivesSynchronized } from './arrives-synchronized';
import type { Draft } from './draft';
import { emit, moveTo, note } from './draft';
import { takeFastOpenSyn } from './fast-open';
import type { Segment } from './segment';
import { segmentEnd } from './segment';
import { sendSynAck, takeSyn } from './synchronize';

/** SEGMENT ARRIVES (RFC 9293 §3.10.7). */
export function segmentArrives(draft: Draft, segment: Segment): void {
  switch (draft.c.state) {
    case 'CLOSED':
      return arrivesInClosed(draft, segment);
    case 'LISTEN':
      return arrivesInListen(draft, segment);
    case 'SYN-SENT':
      return arrivesInSynSent(draft, segment);
    default:
      return arrivesSynchronized(draft, segment);
  }
}

/** §3.10.7.1: there is no connection. Whatever comes is answered by a reset that the sender will accept. */
function arrivesInClosed(draft: Draft, segment: Segment): void {
  if (segment.rst) return note(draft, 'closed.rst-ignored');
  if (segment.ack === null) {
    // <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>
    emit(draft, { seq: 0, ack: segmentEnd(segment), rst: true });
  } else {
    // <SEQ=SEG.ACK><CTL=RST>
    emit(draft, { seq: segment.ack, ack: null, rst: true });
  }
  note(draft, 'closed.reset', { seq: segment.seq });
}

/** §3.10.7.2 */
function arrivesInListen(draft: Draft, segment: Segment): void {
  // First, check for a RST: it is not ours, nothing was sent.
  if (segment.rst) return note(draft, 'listen.rst-ignored');

  // Second, check for an ACK: nothing was sent that could be acknowledged. <SEQ=SEG.ACK><CTL=RST>
  if (segment.ack !== null) {
    emit(draft, { seq: segment.ack, ack: null, rst: true });
    return note(draft, 'listen.ack-reset', { ack: segment.ack });
  }

  // Third, check for a SYN.
  if (segment.syn) {
    takeSyn(draft, segment);
    if (segment.data !== '') takeDataOfSyn(draft, segment);
    else takeFastOpenSyn(draft, segment);
    sendSynAck(draft, true);
    return moveTo(draft, 'SYN-RECEIVED', 'listen.syn', { irs: segment.seq, iss: draft.c.iss });
  }

  // Fourth, other data or control: drop.
  note(draft, 'listen.dropped');
}

/**
 * "Any other incoming control or data will be processed in the SYN-RECEIVED state": data is acknowledged and
 * kept until the handshake proves the peer, unless a Fast Open cookie proves it now.
 */
function takeDataOfSyn(draft: Draft, segment: Segment): void {
  if (takeFastOpenSyn(draft, segment) === 'refused') return;
  const { c } = draft;
  const data = segment.data.slice(0, c.rcvWnd);
  c.receiveBuffer = data;
  c.rcvNxt = seqAdd(c.rcvNxt, data.length);
  c.rcvWnd -= data.length;
  if (c.fastOpenAccepted) draft.effects.push({ type: 'data', octets: data.length });
}
