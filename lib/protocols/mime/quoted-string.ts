/** A quoted string read (Fetch §2.2): `end` is behind the closing quote, or the end of the input if there is none. */
export type QuotedString = { value: string; end: number; isClosed: boolean };

/** "Collect an HTTP quoted string", extracting the value (Fetch §2.2): the end of the input also ends it. */
export function collectQuotedString(text: string, start: number): QuotedString {
  let value = '';
  let at = start + 1;
  while (at < text.length) {
    const character = text.charAt(at++);
    if (character === '"') return { value, end: at, isClosed: true };
    if (character !== '\\') value += character;
    else if (at < text.length) value += text.charAt(at++);
    else value += '\\';
  }
  return { value, end: at, isClosed: false };
}
