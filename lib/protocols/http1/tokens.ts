/** Characters of a token (RFC 9110 §5.6.2). */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether the text is a token: a method, a field name, a parameter name (RFC 9110 §5.6.2). */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Without the optional white space (SP, HTAB) around it (RFC 9110 §5.6.3). */
export function trimOws(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhitespace(text.charCodeAt(start))) start++;
  while (end > start && isWhitespace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/**
 * The parts between separators that stand outside quoted strings, trimmed; empty ones are left out, as RFC 9110
 * §5.6.1.2 asks of whoever reads a list. A quoted string that does not end takes the rest.
 */
export function splitList(text: string, separator: ',' | ';' = ','): string[] {
  if (!text.includes('"')) {
    const parts: string[] = [];
    for (const piece of text.split(separator)) {
      const part = trimOws(piece);
      if (part !== '') parts.push(part);
    }
    return parts;
  }
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i <= text.length; i++) {
    const character = text.charAt(i);
    if (isQuoted && character === '\\') i++;
    else if (character === '"') isQuoted = !isQuoted;
    if (i >= text.length || (character === separator && !isQuoted)) {
      const part = trimOws(text.slice(start, i));
      if (part !== '') parts.push(part);
      start = i + 1;
    }
  }
  return parts;
}

/** The content of a quoted string, escapes undone, or undefined if this is not one (RFC 9110 §5.6.4). */
export function parseQuotedString(text: string): string | undefined {
  if (text.length < 2 || !text.startsWith('"')) return undefined;
  let content = '';
  for (let i = 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"') return i === text.length - 1 ? content : undefined;
    if (character === '\\') {
      i++;
      if (i >= text.length) return undefined;
    }
    content += text.charAt(i);
  }
  return undefined;
}

/** A quoted string of the text, `"` and `\` escaped (RFC 9110 §5.6.4). */
export function writeQuotedString(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A token as it is, anything else quoted. */
export function writeTokenOrQuoted(text: string): string {
  return isToken(text) ? text : writeQuotedString(text);
}

/** `name=value` pairs after a `;` (RFC 9110 §5.6.6), names in lower case. */
export type Parameters = ReadonlyMap<string, string>;

/** Parameters from the parts of a `;` list; what is not `token = token/quoted-string` is left out. */
export function parseParameters(parts: readonly string[]): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of parts) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    const name = part.slice(0, at).toLowerCase();
    const raw = part.slice(at + 1);
    const value = isToken(raw) ? raw : parseQuotedString(raw);
    if (isToken(name) && value !== undefined && !parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}
