import { internetChecksumSteps, IP_PROTOCOLS, pseudoHeader, type IpAddresses } from '@/lib/protocols/ip';

export type ChecksumRow = {
  part: 'pseudo' | 'header' | 'data';
  /** Of the word, from the start of the pseudo-header or of the segment. */
  octet: number;
  word: number;
  /** After this word, the carry folded back in. */
  sum: number;
  carried: boolean;
  /** The checksum field itself, which counts as zero while the sum is made. */
  isField: boolean;
};

export type ChecksumSum = {
  rows: readonly ChecksumRow[];
  /** The complement of the last sum: what belongs into the field. */
  computed: number;
  /** What stands there. */
  seen: number;
};

const FIELD = 16;

/** The checksum of a segment of at least 20 octets, word by word (RFC 9293 §3.1). */
export function checksumOf(segment: Uint8Array, addresses: IpAddresses): ChecksumSum {
  const pseudo = pseudoHeader(addresses, IP_PROTOCOLS.tcp, segment.length);
  const summed = new Uint8Array(pseudo.length + segment.length);
  summed.set(pseudo);
  summed.set(segment, pseudo.length);
  summed.fill(0, pseudo.length + FIELD, pseudo.length + FIELD + 2);
  const headerEnd = ((segment[12] ?? 0) >> 4) * 4;
  const rows = internetChecksumSteps(summed).map((step, index): ChecksumRow => {
    const at = index * 2 - pseudo.length;
    return {
      ...step,
      part: at < 0 ? 'pseudo' : at < headerEnd ? 'header' : 'data',
      octet: at < 0 ? index * 2 : at,
      isField: at === FIELD,
    };
  });
  return {
    rows,
    computed: ~(rows.at(-1)?.sum ?? 0) & 0xffff,
    seen: ((segment[FIELD] ?? 0) << 8) | (segment[FIELD + 1] ?? 0),
  };
}
