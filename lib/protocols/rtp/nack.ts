import { sequenceDistance } from './serial';
import type { NackEntry } from './rtcp';

/** The sequence numbers that NACK entries ask for, in turn (RFC 4585 §6.2.1). */
export function sequencesOfNack(entries: readonly NackEntry[]): number[] {
  return entries.flatMap(({ pid, blp }) => {
    const lost = [pid];
    for (let bit = 0; bit < 16; bit++) if ((blp & (1 << bit)) !== 0) lost.push((pid + bit + 1) & 0xffff);
    return lost;
  });
}

/** As few entries as hold these sequence numbers, which stand in turn (RFC 4585 §6.2.1). */
export function nackOfSequences(sequenceNumbers: readonly number[]): NackEntry[] {
  const entries: NackEntry[] = [];
  for (const sequenceNumber of sequenceNumbers) {
    const last = entries.at(-1);
    const behind = last ? sequenceDistance(last.pid, sequenceNumber) : 0;
    if (last && behind === 0) continue;
    if (last && behind > 0 && behind <= 16) last.blp |= 1 << (behind - 1);
    else entries.push({ pid: sequenceNumber, blp: 0 });
  }
  return entries;
}
