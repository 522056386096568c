import { seqAdd, seqBefore, seqDistance } from '../segment';
import type { Draft } from './draft';
import { emit, note } from './draft';
import { repeatSyn } from './synchronize';

/** Sends the first segment that is not acknowledged once more; SND.NXT stays where it is. */
export function retransmitFront(draft: Draft): void {
  const { c } = draft;
  c.timed = null; // Karn's algorithm (RFC 6298 §3): an ACK could be for either copy
  if (c.sndUna === c.iss) {
    repeatSyn(draft);
    return note(draft, 'retransmission.front', { seq: c.iss });
  }
  const inFlight = seqDistance(c.sndUna, c.sndNxt);
  const data = c.sendBuffer.slice(0, Math.min(c.sendMss, inFlight));
  const end = seqAdd(c.sndUna, data.length);
  const reachesBufferEnd = data.length === c.sendBuffer.length;
  const fin = c.closeRequested && reachesBufferEnd && seqBefore(end, c.sndNxt);
  emit(draft, { seq: c.sndUna, data, fin, psh: data !== '' && reachesBufferEnd });
  note(draft, 'retransmission.front', { seq: c.sndUna, octets: data.length });
}
