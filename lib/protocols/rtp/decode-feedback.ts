import { RTPFB_FORMATS, PSFB_FORMATS } from './registry';
import type { FullIntraRequest, GenericNack, NackEntry, OtherFeedback, PictureLossIndication } from './rtcp';
import type { RtcpBody } from './rtcp-body';

/** RTPFB and PSFB: two SSRCs and what the format says (RFC 4585 §6.1). */
export function decodeFeedback(
  body: RtcpBody,
  isTransport: boolean,
  format: number,
): GenericNack | PictureLossIndication | FullIntraRequest | OtherFeedback {
  body.need(8);
  const ends = {
    senderSsrc: body.uint(4, 'SSRC of Packet Sender', 'RFC 4585 §6.1'),
    mediaSsrc: body.uint(4, 'SSRC of Media Source', 'RFC 4585 §6.1'),
  };
  if (isTransport && format === RTPFB_FORMATS['Generic NACK'])
    return { kind: 'nack', ...ends, entries: readNack(body) };
  if (!isTransport && format === PSFB_FORMATS.PLI) {
    body.expectEnd();
    return { kind: 'pli', ...ends };
  }
  if (!isTransport && format === PSFB_FORMATS.FIR) return { kind: 'fir', ...ends, entries: readFir(body) };
  const fci = body.rest('Feedback Control Information', 'RFC 4585 §6.1');
  return { kind: isTransport ? 'rtpfb' : 'psfb', format, ...ends, fci };
}

/** One entry at least (RFC 4585 §6.2.1). */
function readNack(body: RtcpBody): NackEntry[] {
  const ref = 'RFC 4585 §6.2.1';
  const entries: NackEntry[] = [];
  do {
    body.need(4);
    const pid = body.uint(2, 'PID', ref, 'a lost packet');
    const blp = body.uint(2, 'BLP', ref, 'those behind it, the next in the last bit', toBits);
    entries.push({ pid, blp });
  } while (body.remaining > 0);
  return entries;
}

const toBits = (mask: number) => mask.toString(2).padStart(16, '0');

/** One entry at least (RFC 5104 §4.3.1.1). */
function readFir(body: RtcpBody): FullIntraRequest['entries'] {
  const ref = 'RFC 5104 §4.3.1.1';
  const entries: FullIntraRequest['entries'] = [];
  do {
    body.need(8);
    const ssrc = body.uint(4, 'SSRC', ref, 'who is to send the picture');
    const sequence = body.uint(1, 'Seq nr.', ref, 'the same in a request that is repeated');
    body.uint(3, 'Reserved', ref);
    entries.push({ ssrc, sequence });
  } while (body.remaining > 0);
  return entries;
}
