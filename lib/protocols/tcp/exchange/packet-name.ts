import type { Segment } from '../connection';

/** The kind by which a packet is named: what a ladder would write on its arrow first. */
export function packetKind(segment: Segment): string {
  if (segment.rst) return 'RST';
  if (segment.syn) return segment.ack === null ? 'SYN' : 'SYN-ACK';
  if (segment.fin) return 'FIN';
  return segment.data === '' ? 'ACK' : 'data';
}

/** Counts per sender and kind: "client SYN #1", "client SYN #2". */
export function createPacketNamer(): (sender: string, segment: Segment) => string {
  const counts = new Map<string, number>();
  return (sender, segment) => {
    const stem = `${sender} ${packetKind(segment)}`;
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    return `${stem} #${count}`;
  };
}
