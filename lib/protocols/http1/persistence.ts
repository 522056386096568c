import { combinedField, type HeaderField } from './fields';
import type { HttpVersion } from './message';
import { splitList } from './tokens';

/** The options of Connection, lower case (RFC 9110 §7.6.1). */
export function connectionOptions(headers: readonly HeaderField[]): string[] {
  return splitList(combinedField(headers, 'connection') ?? '').map((option) => option.toLowerCase());
}

/**
 * Whether the connection stays open after this message (RFC 9112 §9.3): in 1.1 unless it says `close`; in 1.0 only if it
 * says `keep-alive`; in 0.9 never.
 */
export function isPersistent(version: HttpVersion, headers: readonly HeaderField[]): boolean {
  const options = connectionOptions(headers);
  if (version === '0.9' || options.includes('close')) return false;
  return version === '1.1' || options.includes('keep-alive');
}
