/**
 * A stream as the learner types it: text, in which a line break is an LF and a few signs stand for what cannot be seen.
 * `\r` `\n` `\0` `\t` `\\`, `\xE2` for one octet, `\u20AC` for one character; any other backslash is itself.
 */
const SIGNS = /\\(?:([rn0t\\])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/g;
const NAMED: Readonly<Record<string, string>> = { r: '\r', n: '\n', 0: '\0', t: '\t', '\\': '\\' };

/** The octets that the source stands for. */
export function toOctets(source: string): Uint8Array {
  const octets: number[] = [];
  const encoder = new TextEncoder();
  const put = (text: string) => octets.push(...encoder.encode(text));
  let at = 0;
  for (const match of source.replaceAll('\r\n', '\n').matchAll(SIGNS)) {
    put(source.replaceAll('\r\n', '\n').slice(at, match.index));
    const [sign, named, octet, character] = match;
    if (octet !== undefined) octets.push(Number.parseInt(octet, 16));
    else if (character !== undefined) put(String.fromCharCode(Number.parseInt(character, 16)));
    else put(NAMED[named ?? ''] ?? sign);
    at = match.index + sign.length;
  }
  put(source.replaceAll('\r\n', '\n').slice(at));
  return Uint8Array.from(octets);
}

const VISIBLE: Readonly<Record<string, string>> = {
  '\r': '\\r',
  '\n': '\\n',
  '\0': '\\0',
  '\t': '\\t',
  '\ufeff': '\\uFEFF',
};

/** Text as it can be seen in a sentence: control characters as one types them above, and not too long. */
export function shown(text: string, limit = 60): string {
  const visible = Array.from(text, (character) => VISIBLE[character] ?? character);
  return visible.length > limit ? `${visible.slice(0, limit).join('')}…` : visible.join('');
}
