import { trimOws } from './tokens';

/** An entity tag (RFC 9110 §8.8.3). `opaque` is what stands between the quotes. */
export type EntityTag = { readonly weak: boolean; readonly opaque: string };

// etagc = %x21 / %x23-7E / obs-text
const ENTITY_TAG = /^(W\/)?"([\x21\x23-\x7e\x80-\uffff]*)"$/;

/** `"abc"` or `W/"abc"`; undefined for anything else. */
export function parseEntityTag(text: string): EntityTag | undefined {
  const match = ENTITY_TAG.exec(text);
  return match ? { weak: match[1] !== undefined, opaque: match[2] ?? '' } : undefined;
}

/** The text of an entity tag. */
export function writeEntityTag({ weak, opaque }: EntityTag): string {
  return `${weak ? 'W/' : ''}"${opaque}"`;
}

/** Strong comparison: both strong and equal (RFC 9110 §8.8.3.2). */
export function isSameStrongly(a: EntityTag, b: EntityTag): boolean {
  return !a.weak && !b.weak && a.opaque === b.opaque;
}

/** Weak comparison: equal, whether strong or not (RFC 9110 §8.8.3.2). */
export function isSameWeakly(a: EntityTag, b: EntityTag): boolean {
  return a.opaque === b.opaque;
}

// A member of a list of tags. Unlike in a quoted string a backslash is a character like others.
const MEMBER = /(?:[^",]|"[^"]*"?)+/g;

/** The value of If-Match or If-None-Match: `*`, or the tags in it; members that are no tag are left out. */
export function parseEntityTagList(value: string): '*' | EntityTag[] {
  const members = (value.match(MEMBER) ?? []).map(trimOws).filter((member) => member !== '');
  if (members.length === 1 && members[0] === '*') return '*';
  return members.map(parseEntityTag).filter((tag) => tag !== undefined);
}
