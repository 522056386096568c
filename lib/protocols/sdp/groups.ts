import type { SessionDescription } from './description';
import { readAttribute } from './grammar/attributes';
import type { MediaReading } from './read-media';
import { attributesOf } from './read-media';

/** The mids of each `a=group:<semantics>` line, in order (RFC 5888 §5); the first of a bundle is its tag (RFC 8843 §1). */
export function groupsOf(description: SessionDescription, semantics: string): string[][] {
  return attributesOf(description.lines, 'group')
    .map(({ value }) => readAttribute('group', value))
    .filter((group) => group?.semantics === semantics)
    .map((group) => group?.mids ?? []);
}

/**
 * Whether a section of an answer takes what was offered. Port 0 refuses (RFC 3264 §6), but for a bundled section of
 * which RFC 8843 §7.3.2 writes port 0 and `a=bundle-only` (RFC 8829 §5.3.1 writes port 9, and browsers do).
 */
export function isAccepted(
  port: number,
  { isBundleOnly, mid }: MediaReading,
  bundles: readonly string[][],
): boolean {
  return port !== 0 || (isBundleOnly && mid !== undefined && bundles.some((mids) => mids.includes(mid)));
}
