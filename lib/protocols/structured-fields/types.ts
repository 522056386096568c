/**
 * A value without parameters (RFC 9651 §3.3). `decimal` is kept apart from `integer`, since 1.0 and 1 are two values;
 * `date` is in seconds since 1970; `token` differs from `string` in meaning as in writing.
 */
export type BareItem =
  | { type: 'integer' | 'decimal' | 'date'; value: number }
  | { type: 'string' | 'token' | 'display-string'; value: string }
  | { type: 'binary'; value: Uint8Array }
  | { type: 'boolean'; value: boolean };

/** In their order; a key that comes twice keeps its first place and its last value (§3.1.2). */
export type Parameters = ReadonlyMap<string, BareItem>;

export type Item = { bare: BareItem; params: Parameters };
export type InnerList = { items: readonly Item[]; params: Parameters };
export type Member = Item | InnerList;
export type List = readonly Member[];
export type Dictionary = ReadonlyMap<string, Member>;

export function isInnerList(member: Member): member is InnerList {
  return 'items' in member;
}
