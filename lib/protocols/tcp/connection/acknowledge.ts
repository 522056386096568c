import { seqAdd, seqBefore, seqDistance } from '../segment';
import type { Draft } from './draft';
import { note, startTimer, stopTimer } from './draft';
import { retransmitFront } from './retransmit';
import { sampleRtt } from './rtt';
import type { Segment } from './segment';

/** Moves SND.UNA to an acceptable `ack`: frees the buffer, measures, and sees to the timer. */
export function acknowledge(draft: Draft, ack: number): void {
  const { c } = draft;
  sampleRtt(draft, ack);
  if (c.synTimedOut) {
    // RFC 6298 §5.7: after a lost SYN, data starts with a timeout of at least 3 seconds.
    c.rtt = { ...c.rtt, rtoMs: Math.min(Math.max(c.rtt.rtoMs, 3000), c.config.maxRtoMs) };
    c.synTimedOut = false;
  }
  const octets = Math.min(Math.max(0, seqDistance(c.sendBufferSeq, ack)), c.sendBuffer.length);
  c.sendBuffer = c.sendBuffer.slice(octets);
  c.sendBufferSeq = seqAdd(c.sendBufferSeq, octets);
  c.sndUna = ack;
  if (seqBefore(c.sndNxt, ack)) c.sndNxt = ack;
  c.retries = 0;
  c.duplicateAcks = 0;

  // RFC 6298 §5.2: all is acknowledged, stop. §5.3: otherwise start again.
  if (c.sndUna === c.sndNxt) stopTimer(draft, 'retransmission');
  else startTimer(draft, 'retransmission', c.rtt.rtoMs);

  if (c.recover === null) return;
  if (seqBefore(ack, c.recover)) retransmitFront(draft);
  else c.recover = null;
}

/** Three of these say that something arrived behind a gap (RFC 5681 §2 "duplicate acknowledgment"). */
export function countDuplicateAck(draft: Draft, segment: Segment): void {
  const { c } = draft;
  const isInFlight = c.sndUna !== c.sndNxt;
  const windowIsTheSame = segment.wnd * 2 ** c.sndScale === c.sndWnd;
  if (!isInFlight || segment.data !== '' || segment.fin || !windowIsTheSame) return;
  c.duplicateAcks++;
  if (c.duplicateAcks !== 3 || c.recover !== null || !c.config.fastRetransmit) return;
  c.recover = c.sndMax;
  note(draft, 'retransmission.fast', { seq: c.sndUna });
  retransmitFront(draft);
}
