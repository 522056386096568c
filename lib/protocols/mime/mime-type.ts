/** A MIME type (WHATWG MIME Sniffing §4.1): type and subtype in lower case, parameters in the order read. */
export type MimeType = {
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
};

/** `type/subtype`, without parameters. */
export function essenceOf({ type, subtype }: MimeType): string {
  return `${type}/${subtype}`;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// HTTP quoted-string token code points
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const isWhitespace = (character: string) => /^[\t\n\r ]$/.test(character);

/** Lower case of A to Z only; a Kelvin sign does not become a k. */
const toAsciiLower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Without white space at the end: a loop, for a pattern would try every start. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isWhitespace(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function trim(text: string): string {
  let start = 0;
  while (start < text.length && isWhitespace(text.charAt(start))) start++;
  return trimEnd(text.slice(start));
}

/**
 * Reads a MIME type (WHATWG MIME Sniffing §4.4). Parameters that are broken are left out, the first of two with one name
 * stays. Undefined is the standard's "failure": no type, no subtype, or one that is no token.
 */
export function parseMimeType(input: string): MimeType | undefined {
  const text = trim(input);
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const semicolon = positionOf(text, slash, ';');
  const type = text.slice(0, slash);
  const subtype = trimEnd(text.slice(slash + 1, semicolon));
  if (!TOKEN.test(type) || !TOKEN.test(subtype)) return undefined;
  return {
    type: toAsciiLower(type),
    subtype: toAsciiLower(subtype),
    parameters: parseParameters(text, semicolon),
  };
}

function positionOf(text: string, from: number, ...characters: string[]): number {
  let at = from;
  while (at < text.length && !characters.includes(text.charAt(at))) at++;
  return at;
}

/** `;name=value` again and again; `at` is a semicolon's or the end. */
function parseParameters(text: string, at: number): Map<string, string> {
  const parameters = new Map<string, string>();
  while (at < text.length) {
    at++;
    while (at < text.length && isWhitespace(text.charAt(at))) at++;
    const nameEnd = positionOf(text, at, ';', '=');
    const name = toAsciiLower(text.slice(at, nameEnd));
    at = nameEnd;
    if (text.charAt(at) !== '=') continue;
    at++;
    if (at >= text.length) break;
    let value: string;
    if (text.charAt(at) === '"') {
      const quoted = collectQuotedString(text, at);
      value = quoted.value;
      // What follows the closing quote does not count.
      at = positionOf(text, quoted.end, ';');
    } else {
      const end = positionOf(text, at, ';');
      value = trimEnd(text.slice(at, end));
      at = end;
      if (value === '') continue;
    }
    if (TOKEN.test(name) && VALUE.test(value) && !parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** "Collect an HTTP quoted string", extracting the value (Fetch §2.2): the end of the input also ends it. */
export function collectQuotedString(text: string, start: number): { value: string; end: number } {
  let value = '';
  let at = start + 1;
  while (at < text.length) {
    const character = text.charAt(at++);
    if (character === '"') break;
    if (character !== '\\') value += character;
    else if (at < text.length) value += text.charAt(at++);
    else value += '\\';
  }
  return { value, end: at };
}

/** The text of a MIME type; values that are no token are quoted (WHATWG MIME Sniffing §4.5). */
export function writeMimeType(mimeType: MimeType): string {
  let text = essenceOf(mimeType);
  for (const [name, value] of mimeType.parameters) {
    text += `;${name}=${TOKEN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
  }
  return text;
}
