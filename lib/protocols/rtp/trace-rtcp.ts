import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { nameIn, PSFB_FORMATS, RTCP_PACKET_TYPES, RTPFB_FORMATS } from './registry';

/** What the five bits behind the P bit count, by packet type (RFC 3550 §6.4 to §6.7). */
const COUNTS: Readonly<Record<number, string>> = {
  [RTCP_PACKET_TYPES.SR]: 'RC',
  [RTCP_PACKET_TYPES.RR]: 'RC',
  [RTCP_PACKET_TYPES.SDES]: 'SC',
  [RTCP_PACKET_TYPES.BYE]: 'SC',
  [RTCP_PACKET_TYPES.APP]: 'Subtype',
  [RTCP_PACKET_TYPES.RTPFB]: 'FMT',
  [RTCP_PACKET_TYPES.PSFB]: 'FMT',
};
const NOTES: Readonly<Record<string, string>> = { RC: 'report blocks', SC: 'sources' };

/** The four octets that every RTCP packet begins with. */
export function traceRtcpHeader(
  sink: TraceSink,
  at: number,
  first: number,
  type: number,
  octets: number,
): void {
  const count = first & 0x1f;
  const countName = COUNTS[type] ?? 'Count';
  new FieldTrace(sink, 'RFC 3550 §6.4.1', at)
    .field(2, 'V', first >>> 6, 'version')
    .field(1, 'P', (first >>> 5) & 1, 'padding at the end')
    .field(5, countName, formatOf(type, count), NOTES[countName])
    .field(8, 'PT', nameIn(RTCP_PACKET_TYPES, type))
    .field(16, 'Length', octets / 4 - 1, 'words of 32 bits, less one');
}

function formatOf(type: number, count: number): string {
  if (type === RTCP_PACKET_TYPES.RTPFB) return nameIn(RTPFB_FORMATS, count);
  return type === RTCP_PACKET_TYPES.PSFB ? nameIn(PSFB_FORMATS, count) : String(count);
}
