import { decodeForgivingBase64 } from './base64';
import { parseMimeType, type MimeType } from './mime-type';

/** What a data: URL holds. */
export type DataUrl = { readonly mimeType: MimeType; readonly body: Uint8Array };

const DEFAULT: MimeType = { type: 'text', subtype: 'plain', parameters: new Map([['charset', 'US-ASCII']]) };

/** The data: URL processor (Fetch §6). Undefined is its "failure": no comma, base64 that is none, or no data: URL. */
export function parseDataUrl(url: string): DataUrl | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.protocol !== 'data:') return undefined;
  // The fragment is not part of it; the first # starts one, for the URL parser left no other.
  const href = parsed.href.slice('data:'.length);
  const hash = href.indexOf('#');
  const input = hash < 0 ? href : href.slice(0, hash);
  const comma = input.indexOf(',');
  if (comma < 0) return undefined;

  // A URL that was parsed holds no white space but spaces.
  let type = input.slice(0, comma).trim();
  let body = percentDecode(input.slice(comma + 1));
  const base64 = /;( *)base64$/i.exec(type);
  if (base64) {
    const decoded = decodeForgivingBase64(Array.from(body, (octet) => String.fromCharCode(octet)).join(''));
    if (!decoded) return undefined;
    body = decoded;
    type = type.slice(0, base64.index);
  }
  if (type.startsWith(';')) type = `text/plain${type}`;
  return { mimeType: parseMimeType(type) ?? DEFAULT, body };
}

/** Percent-decoding (WHATWG URL §1.3): `%` and two hex digits are an octet, all else is itself in UTF-8. */
function percentDecode(text: string): Uint8Array {
  const octets = new TextEncoder().encode(text);
  const decoded = new Uint8Array(octets.length);
  let length = 0;
  for (let i = 0; i < octets.length; i++) {
    const digits = octets[i] === 0x25 ? String.fromCharCode(octets[i + 1] ?? 0, octets[i + 2] ?? 0) : '';
    if (/^[0-9a-fA-F]{2}$/.test(digits)) {
      decoded[length++] = Number.parseInt(digits, 16);
      i += 2;
    } else decoded[length++] = octets[i] ?? 0;
  }
  return decoded.slice(0, length);
}
