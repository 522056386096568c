import { FieldSearch } from './field-search';
import type { HeaderField } from './header-field';

/** RFC 7541 Appendix A: entries 1 to 61 in order, `|` between them, a value after the first space. */
const ENTRIES =
  ':authority|:method GET|:method POST|:path /|:path /index.html|:scheme http|:scheme https|:status 200|:status 204|' +
  ':status 206|:status 304|:status 400|:status 404|:status 500|accept-charset|accept-encoding gzip, deflate|' +
  'accept-language|accept-ranges|accept|access-control-allow-origin|age|allow|authorization|cache-control|' +
  'content-disposition|content-encoding|content-language|content-length|content-location|content-range|content-type|' +
  'cookie|date|etag|expect|expires|from|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|' +
  'last-modified|link|location|max-forwards|proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|' +
  'server|set-cookie|strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate';

/** The static table (RFC 7541 Appendix A). Index 1 is the first: `STATIC_TABLE[index - 1]`. */
export const STATIC_TABLE: readonly HeaderField[] = ENTRIES.split('|').map((entry) => {
  const space = entry.indexOf(' ');
  return space < 0
    ? { name: entry, value: '' }
    : { name: entry.slice(0, space), value: entry.slice(space + 1) };
});

/** Where the dynamic table begins in the common address space (RFC 7541 §2.3.3). */
export const FIRST_DYNAMIC_INDEX = STATIC_TABLE.length + 1;

/** Finds static entries; of several with one name the first. */
export const staticSearch = new FieldSearch();
for (let index = STATIC_TABLE.length; index >= 1; index--) {
  const entry = STATIC_TABLE[index - 1];
  if (entry) staticSearch.add(entry, index);
}
