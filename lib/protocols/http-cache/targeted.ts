import { combinedField, writeQuotedString, type HeaderField } from '../http1';
import { isInnerList, parseDictionary, StructuredFieldError, type Member } from '../structured-fields';
import { parseCacheControl, type CacheControl } from './cache-control';

/** Directives whose value is a number of seconds, and so an Integer in a targeted field. */
const SECONDS: ReadonlySet<string> = new Set([
  ...['max-age', 's-maxage', 'stale-while-revalidate', 'stale-if-error'],
]);

/**
 * A Cache-Control field for one kind of cache, a structured Dictionary (RFC 9213 §2.1); undefined when it is absent,
 * empty or no Dictionary, for then it counts as absent. Parameters, and directives with a value of another type, are
 * passed over.
 */
export function targetedCacheControl(
  headers: readonly HeaderField[],
  name: string,
): CacheControl | undefined {
  const text = combinedField(headers, name);
  if (text === undefined) return undefined;
  try {
    const directives = [...parseDictionary(text)];
    if (directives.length === 0) return undefined;
    return parseCacheControl(directives.flatMap(([key, member]) => directiveOf(key, member)).join(','));
  } catch (error) {
    if (error instanceof StructuredFieldError) return undefined;
    throw error;
  }
}

/** A member as Cache-Control writes it. */
function directiveOf(key: string, member: Member): string[] {
  if (isInnerList(member)) return [];
  const { bare } = member;
  if (SECONDS.has(key)) return bare.type === 'integer' && bare.value >= 0 ? [`${key}=${bare.value}`] : [];
  if (bare.type === 'boolean') return bare.value ? [key] : [];
  return bare.type === 'string' ? [`${key}=${writeQuotedString(bare.value)}`] : [];
}
