/** Octets `start` to `end` (exclusive) that the network hands over at once. */
export type Chunk = { start: number; end: number };

/** Offsets before which the learner cut, from `12,40`; what is no offset is passed over. */
export function parseCuts(text: string): number[] {
  const offsets = text.split(',').flatMap((part) => (/^\d{1,4}$/.test(part.trim()) ? [Number(part)] : []));
  return [...new Set(offsets)].sort((a, b) => a - b);
}

/** The same with the cut before `octet` made or taken back. */
export function toggleCut(text: string, octet: number): string {
  const cuts = parseCuts(text);
  return (cuts.includes(octet) ? cuts.filter((cut) => cut !== octet) : [...cuts, octet])
    .sort((a, b) => a - b)
    .join(',');
}

/** How the network cuts `length` octets: after every `every` of them (0: never), and where the learner says. */
export function chunksOf(length: number, { every, cuts }: { every: number; cuts: string }): Chunk[] {
  const starts = new Set([0, ...parseCuts(cuts)]);
  if (every > 0) for (let at = every; at < length; at += every) starts.add(at);
  const sorted = [...starts].filter((at) => at < length).sort((a, b) => a - b);
  return sorted.map((start, n) => ({ start, end: sorted[n + 1] ?? length }));
}
