import { DnsError } from './errors';

/** Octets of a label (RFC 1035 §2.3.4). */
export const MAX_LABEL_OCTETS = 63;
/** Octets of a name, with its length octets and the root's zero (RFC 1035 §2.3.4). */
export const MAX_NAME_OCTETS = 255;

/**
 * A name's text to its labels' octets. Dots part labels; `\.` is a dot in one, `\\` a backslash, `\DDD` any octet in decimal
 * (RFC 1035 §5.1). A dot at the end is allowed and means nothing. Letters outside ASCII must come as Punycode.
 * @throws DnsError DNS_LABEL_EMPTY, DNS_LABEL_TOO_LONG, DNS_NAME_TOO_LONG, DNS_ESCAPE_MALFORMED
 */
export function parseName(text: string): Uint8Array[] {
  if (text === '' || text === '.') return [];
  const labels: number[][] = [[]];
  for (let at = 0; at < text.length;) {
    if (text[at] === '.') {
      if (at < text.length - 1) labels.push([]);
      else if (labels.at(-1)!.length === 0) throw emptyLabel(at);
      at++;
      continue;
    }
    const { octet, next } = readCharacter(text, at);
    labels.at(-1)!.push(octet);
    at = next;
  }
  let offset = 0;
  for (const label of labels) {
    if (label.length === 0) throw emptyLabel(offset);
    if (label.length > MAX_LABEL_OCTETS) {
      throw new DnsError(
        'DNS_LABEL_TOO_LONG',
        offset,
        `${label.length} octets`,
        `at most ${MAX_LABEL_OCTETS}`,
      );
    }
    offset += label.length + 1;
  }
  if (offset + 1 > MAX_NAME_OCTETS) {
    throw new DnsError('DNS_NAME_TOO_LONG', 0, `${offset + 1} octets`, `at most ${MAX_NAME_OCTETS}`);
  }
  return labels.map((label) => Uint8Array.from(label));
}

function emptyLabel(offset: number): DnsError {
  return new DnsError('DNS_LABEL_EMPTY', offset, 'nothing', 'a label');
}

function readCharacter(text: string, at: number): { octet: number; next: number } {
  const code = text.charCodeAt(at);
  if (text[at] !== '\\') {
    if (code > 0x7f) throw new DnsError('DNS_ESCAPE_MALFORMED', at, `"${text[at]}"`, 'ASCII, or \\DDD');
    return { octet: code, next: at + 1 };
  }
  const decimal = /^\d{3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (decimal !== undefined && Number(decimal) <= 255) return { octet: Number(decimal), next: at + 4 };
  const escaped = text.charCodeAt(at + 1);
  if (decimal !== undefined || Number.isNaN(escaped) || escaped > 0x7f || /\d/.test(text.charAt(at + 1))) {
    throw new DnsError(
      'DNS_ESCAPE_MALFORMED',
      at,
      `"${text.slice(at, at + 4)}"`,
      '\\DDD up to 255, or \\ and a sign',
    );
  }
  return { octet: escaped, next: at + 2 };
}

/** A label's octets to text, so that `parseName` gives them back. */
export function writeLabel(octets: Uint8Array): string {
  return escape(octets, (octet) => octet === 0x2e || octet === 0x5c, false);
}

/** Octets of a character string (TXT, CAA) to text, so that `parseOctets` gives them back: `\DDD` for what is no text. */
export function writeOctets(octets: Uint8Array): string {
  return escape(octets, (octet) => octet === 0x5c, true);
}

function escape(octets: Uint8Array, isSpecial: (octet: number) => boolean, keepsSpaces: boolean): string {
  let text = '';
  for (const octet of octets) {
    const isText = (octet > 0x20 && octet < 0x7f) || (octet === 0x20 && keepsSpaces);
    if (!isText) text += `\\${String(octet).padStart(3, '0')}`;
    else text += (isSpecial(octet) ? '\\' : '') + String.fromCharCode(octet);
  }
  return text;
}

/** The reverse of `writeOctets`: character strings of TXT and CAA. @throws DnsError DNS_ESCAPE_MALFORMED */
export function parseOctets(text: string): Uint8Array {
  const octets: number[] = [];
  for (let at = 0; at < text.length;) {
    const { octet, next } = readCharacter(text, at);
    octets.push(octet);
    at = next;
  }
  return Uint8Array.from(octets);
}

/** For comparing: names are equal whatever the case of their ASCII letters (RFC 4343). */
export function canonicalName(name: string): string {
  const text = name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  return isSeparator(text, text.length - 1) ? text.slice(0, -1) : text;
}

/** Whether a dot stands there that parts labels: one behind an odd number of backslashes is in a label. */
function isSeparator(text: string, at: number): boolean {
  if (text[at] !== '.') return false;
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 0;
}

/** Whether `name` is `zone` or below it. */
export function isWithin(name: string, zone: string): boolean {
  const [below, above] = [canonicalName(name), canonicalName(zone)];
  if (above === '' || below === above) return true;
  return below.endsWith(`.${above}`) && isSeparator(below, below.length - above.length - 1);
}

/** The name without its first label; `undefined` for the root. */
export function parentOf(name: string): string | undefined {
  if (canonicalName(name) === '') return undefined;
  return parseName(name).slice(1).map(writeLabel).join('.');
}
