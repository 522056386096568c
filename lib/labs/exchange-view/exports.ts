import { toHex } from '@/lib/bytes';
import type { ExchangeTrace } from '@/lib/protocols/tcp';
import { packetOctets } from '@/lib/protocols/tcp';
import type { LabExport } from '../define-lab';

const OCTETS_PER_LINE = 16;

/**
 * An exchange to take away: every packet's TCP octets as a hex dump that `text2pcap -i 6` reads, and the trace.
 */
export function exchangeExports(trace: ExchangeTrace, name: string): LabExport[] {
  const dumps = trace.packets.map((packet) => {
    const arrivals = packet.arrivedAtMs.map((ms) => `${ms} ms`).join(', ') || packet.fate;
    const heading = `# ${packet.name}: sent at ${packet.sentAtMs} ms, ${arrivals}`;
    return `${heading}\n${hexDump(packetOctets(packet))}`;
  });
  return [
    { filename: `${name}.hex.txt`, mediaType: 'text/plain', content: `${dumps.join('\n')}\n` },
    { filename: `${name}.json`, mediaType: 'application/json', content: JSON.stringify(trace, null, 2) },
  ];
}

/** "000000 c0 00 00 50": offset, then octets. */
function hexDump(octets: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < octets.length; at += OCTETS_PER_LINE) {
    lines.push(
      `${at.toString(16).padStart(6, '0')} ${toHex(octets.subarray(at, at + OCTETS_PER_LINE), ' ')}`,
    );
  }
  return lines.join('\n');
}
