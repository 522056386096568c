import type { MediaReading } from './read-media';

/**
 * Numbers of header extensions that are only lent: an offer with more extensions than numbers uses these, and extensions
 * that share one are a choice. The answer takes real ones (RFC 8285 §7).
 */
export function isLentNumber(id: number): boolean {
  return id >= 4096 && id <= 4351;
}

/** A real number for each extension that was offered under a lent one, by its URI; one for all sections of a bundle. */
export function realNumbers(offered: readonly MediaReading[]): ReadonlyMap<string, number> {
  const extensions = offered.flatMap(({ headerExtensions }) => headerExtensions);
  const taken = new Set(extensions.map(({ id }) => id));
  const numbers = new Map<string, number>();
  for (const { id, uri } of extensions) {
    if (!isLentNumber(id) || numbers.has(uri)) continue;
    const number =
      extensions.find((other) => other.uri === uri && !isLentNumber(other.id))?.id ?? freeIn(taken);
    if (number === undefined) break;
    taken.add(number);
    numbers.set(uri, number);
  }
  return numbers;
}

/** 1 to 255; those up to 14 fit into one octet, and 15 is no number (RFC 8285 §4.2, §4.3). */
function freeIn(taken: ReadonlySet<number>): number | undefined {
  for (let id = 1; id <= 255; id++) if (id !== 15 && !taken.has(id)) return id;
  return undefined;
}
