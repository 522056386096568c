import { Http1Error } from './errors';
import { findField } from './fields';
import { decodeMultipart, encodeMultipart } from './multipart';
import { parseParameters, splitList } from './tokens';

/** An entry of multipart/form-data (RFC 7578): a value, or a file with its name and type. */
export type FormEntry = {
  readonly name: string;
  readonly filename?: string;
  readonly contentType?: string;
  readonly content: Uint8Array;
};

/** Names as the HTML standard escapes them: only what would end the string or the line. They are UTF-8. */
function escapeName(name: string): string {
  const escaped = name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');
  return octetsAsText(new TextEncoder().encode(escaped));
}

function unescapeName(name: string): string {
  const octets = Uint8Array.from(name, (character) => character.charCodeAt(0));
  return new TextDecoder()
    .decode(octets)
    .replace(/%0D%0A/g, '\n')
    .replaceAll('%22', '"');
}

function octetsAsText(octets: Uint8Array): string {
  return Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
}

/** Entries as a multipart/form-data body (RFC 7578 §4). */
export function encodeFormData(entries: readonly FormEntry[], boundary: string): Uint8Array {
  const parts = entries.map(({ name, filename, contentType, content }) => {
    const file = filename === undefined ? '' : `; filename="${escapeName(filename)}"`;
    const headers = [{ name: 'Content-Disposition', value: `form-data; name="${escapeName(name)}"${file}` }];
    const type = contentType ?? (filename === undefined ? undefined : 'application/octet-stream');
    if (type !== undefined) headers.push({ name: 'Content-Type', value: type });
    return { headers, content };
  });
  return encodeMultipart(parts, boundary);
}

/** The entries of a multipart/form-data body. @throws Http1Error when a part has no name (RFC 7578 §4.2) */
export function decodeFormData(octets: Uint8Array, boundary: string): FormEntry[] {
  return decodeMultipart(octets, boundary).map(({ headers, content }) => {
    const [kind = '', ...rest] = splitList(findField(headers, 'content-disposition') ?? '', ';');
    const parameters = parseParameters(rest);
    const name = parameters.get('name');
    if (kind.toLowerCase() !== 'form-data' || name === undefined)
      throw new Http1Error('HTTP1_MULTIPART_MALFORMED', 0, JSON.stringify(kind), 'form-data; name="…"');
    const filename = parameters.get('filename');
    const contentType = findField(headers, 'content-type');
    return {
      name: unescapeName(name),
      ...(filename !== undefined && { filename: unescapeName(filename) }),
      ...(contentType !== undefined && { contentType }),
      content,
    };
  });
}
