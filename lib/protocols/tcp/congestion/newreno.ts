import type { FastRecovery } from './control';

/**
 * NewReno's fast recovery, RFC 6582 §3.2: as Reno's, but it lasts until everything that was outstanding at the
 * loss is acknowledged. Each partial ACK shows another hole; the sender retransmits that one segment at once.
 */
export function newRenoRecovery(smss: number): FastRecovery {
  return {
    usesSack: false,
    endsAtFirstNewAck: false,
    enter(control) {
      control.cwndBytes = control.ssthreshBytes + 3 * smss;
    },
    onDuplicateAck(control) {
      control.cwndBytes += smss;
    },
    onPartialAck(control, ack) {
      // Step 3: deflate by what was acknowledged; add one back for the segment that left the network.
      const deflated = control.cwndBytes - ack.ackedBytes + (ack.ackedBytes >= smss ? smss : 0);
      control.cwndBytes = Math.max(deflated, smss);
    },
    onSend() {},
    exit(control) {
      control.cwndBytes = control.ssthreshBytes; // step 3, full ACK, option (2)
    },
  };
}
