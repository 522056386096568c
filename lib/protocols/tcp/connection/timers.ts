import { seqAdd, seqMax } from '../segment';
import type { TimerName } from './connection';
import type { Draft } from './draft';
import { closeConnection, emit, note, startTimer, stopTimer } from './draft';
import { retransmitFront } from './retransmit';
import { sendData } from './send-data';

/** A timer went off (RFC 9293 §3.10.8). One that was stopped or set to another time in between does nothing. */
export function timerGoesOff(draft: Draft, timer: TimerName): void {
  const dueMs = draft.c.timers[timer];
  if (dueMs === undefined || dueMs > draft.nowMs) return;
  stopTimer(draft, timer);
  switch (timer) {
    case 'retransmission':
      return retransmissionTimeout(draft);
    case 'persist':
      return persistTimeout(draft);
    case 'override':
      note(draft, 'sws.override');
      return sendData(draft, true);
    case 'delayed-ack':
      draft.ackNow = true;
      return note(draft, 'delayed-ack.timeout');
    case 'time-wait':
      return closeConnection(draft, 'time-wait.expired', 'closed');
  }
}

/** RFC 6298 §5.4 to §5.7. */
function retransmissionTimeout(draft: Draft): void {
  const { c } = draft;
  const isSyn = c.sndUna === c.iss;
  if (c.retries >= (isSyn ? c.config.synRetries : c.config.dataRetries)) {
    return closeConnection(draft, 'retransmission.give-up', 'timed-out', { retries: c.retries });
  }
  c.retries++;
  if (isSyn) c.synTimedOut = true;
  const rtoBefore = c.rtt.rtoMs;
  const rtoMs = Math.min(rtoBefore * 2, c.config.maxRtoMs); // (5.5) back off the timer
  c.rtt = { ...c.rtt, rtoMs };
  c.duplicateAcks = 0;
  c.recover = c.sndNxt;
  note(draft, 'retransmission.timeout', { seq: c.sndUna, retry: c.retries, rtoMs });
  retransmitFront(draft); // (5.4)
  startTimer(draft, 'retransmission', rtoMs); // (5.6)
}

/**
 * A zero-window probe: the next octet, again and again, ever more slowly. It goes on for as long as the peer
 * acknowledges the probes (RFC 9293 §3.8.6.1); silence alone ends it.
 */
function persistTimeout(draft: Draft): void {
  const { c } = draft;
  if (c.retries >= c.config.dataRetries) {
    return closeConnection(draft, 'persist.give-up', 'timed-out', { retries: c.retries });
  }
  c.retries++;
  const data = c.sendBuffer.slice(0, 1);
  const fin = data === '';
  emit(draft, { seq: c.sndUna, data, fin });
  c.sndMax = seqMax(c.sndMax, seqAdd(c.sndUna, 1));
  c.persistMs = Math.min(c.persistMs * 2, c.config.maxRtoMs);
  note(draft, 'persist.probe', { seq: c.sndUna, nextInMs: c.persistMs });
  startTimer(draft, 'persist', c.persistMs);
}
