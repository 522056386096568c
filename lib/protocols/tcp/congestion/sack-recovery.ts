import type { FastRecovery } from './control';

/**
 * Recovery with selective acknowledgements, RFC 6675 §5: cwnd falls to ssthresh at once, and the sender sends
 * (holes first) while the pipe is smaller. After a large loss that is a burst; after a single one, half a round
 * trip of silence. PRR mends both.
 */
export function sackRecovery(): FastRecovery {
  return {
    usesSack: true,
    endsAtFirstNewAck: false,
    enter(control) {
      control.cwndBytes = control.ssthreshBytes; // step 4.2
    },
    onDuplicateAck() {},
    onPartialAck() {},
    onSend() {},
    exit(control) {
      control.cwndBytes = control.ssthreshBytes;
    },
  };
}
