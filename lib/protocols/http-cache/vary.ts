import { combinedField, parseParameters, splitList, type HeaderField } from '../http1';
import type { StoredResponse } from './messages';

/** Fields whose members have no order and no case: sorted, so that "en, de" and "de,EN" are one. */
const PREFERENCES: ReadonlySet<string> = new Set([
  ...['accept', 'accept-language', 'accept-encoding', 'accept-charset'],
]);

/** A request field as Vary compares it: lines combined, white space around commas gone (RFC 9111 §4.1). */
export function normaliseForVary(headers: readonly HeaderField[], lowerCaseName: string): string | undefined {
  const combined = combinedField(headers, lowerCaseName);
  if (combined === undefined) return undefined;
  const members = splitList(combined);
  if (!PREFERENCES.has(lowerCaseName)) return members.join(',');
  return preferencesOf(members)
    .map(({ range, q }) => (q === 1 ? range : `${range};q=${q}`))
    .sort()
    .join(',');
}

function preferencesOf(members: readonly string[]): { range: string; q: number }[] {
  return members.map((member) => {
    const [range = '', ...rest] = splitList(member.toLowerCase(), ';');
    const q = Number(parseParameters(rest).get('q') ?? '1');
    const others = rest.filter((part) => !part.startsWith('q='));
    return { range: [range, ...others].join(';'), q: Number.isNaN(q) ? 0 : q };
  });
}

/** What a response's Vary says about the request that brought it. */
export function varyOf(
  requestHeaders: readonly HeaderField[],
  responseHeaders: readonly HeaderField[],
): StoredResponse['vary'] {
  const names = splitList(combinedField(responseHeaders, 'vary') ?? '').map((name) => name.toLowerCase());
  if (names.includes('*')) return '*';
  return [...new Set(names)].map((name) => ({ name, value: normaliseForVary(requestHeaders, name) }));
}

/** The first field by which a request differs from the one stored; undefined when it matches (RFC 9111 §4.1). */
export function varyMismatch(stored: StoredResponse, headers: readonly HeaderField[]): string | undefined {
  if (stored.vary === '*') return '*';
  for (const { name, value } of stored.vary) {
    if (normaliseForVary(headers, name) === value) continue;
    if (name === 'accept-language' && isBestLanguage(stored.contentLanguage, headers)) continue;
    return name;
  }
  return undefined;
}

/** The stored language is the one that this request likes best, so the origin would have chosen it again. */
function isBestLanguage(contentLanguage: string | undefined, headers: readonly HeaderField[]): boolean {
  if (contentLanguage === undefined) return false;
  const language = contentLanguage.toLowerCase();
  const ranges = preferencesOf(splitList(combinedField(headers, 'accept-language') ?? ''));
  const best = Math.max(0, ...ranges.map(({ q }) => q));
  const liked = ranges.filter(({ q }) => q === best && q > 0);
  return liked.length === 1 && (language === liked[0]?.range || language.startsWith(`${liked[0]?.range}-`));
}
