import { essenceOf, parseMimeType, type MimeType } from './mime-type';
import { collectQuotedString } from './quoted-string';

/**
 * The MIME type of a message from its Content-Type lines (Fetch §2.2.2 "extract a MIME type"): the last one that is one
 * counts, and takes over the charset of those before it that have the same essence. Undefined: none.
 */
export function extractMimeType(lines: readonly string[]): MimeType | undefined {
  let charset: string | undefined;
  let essence: string | undefined;
  let found: MimeType | undefined;
  for (const value of splitValues(lines.join(', '))) {
    const read = parseMimeType(value);
    if (!read || essenceOf(read) === '*/*') continue;
    found = read;
    if (essenceOf(read) !== essence) {
      charset = read.parameters.get('charset');
      essence = essenceOf(read);
    } else if (!read.parameters.has('charset') && charset !== undefined) {
      found = { ...read, parameters: new Map([...read.parameters, ['charset', charset]]) };
    }
  }
  return found;
}

/** "Get, decode, and split" (Fetch §2.2.2): at commas outside quoted strings. */
function splitValues(text: string): string[] {
  const values: string[] = [];
  let start = 0;
  let at = 0;
  while (at <= text.length) {
    const character = text.charAt(at);
    if (character === '"') at = collectQuotedString(text, at).end;
    else if (character === ',' || at === text.length) {
      values.push(text.slice(start, at).replace(/^[\t ]+/, ''));
      start = ++at;
    } else at++;
  }
  if (start < text.length) values.push(text.slice(start));
  return values;
}
