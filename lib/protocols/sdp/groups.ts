import type { SessionDescription } from './description';
import { readAttribute } from './grammar/attributes';
import { attributesOf } from './read-media';

/** The mids of each `a=group:<semantics>` line, in order (RFC 5888 §5); the first of a bundle is its tag (RFC 8843 §1). */
export function groupsOf(description: SessionDescription, semantics: string): string[][] {
  return attributesOf(description.lines, 'group')
    .map(({ value }) => readAttribute('group', value))
    .filter((group) => group?.semantics === semantics)
    .map((group) => group?.mids ?? []);
}
