import { Http1Error } from './errors';

/** Octets as text, one character an octet: what HTTP/1 fields are (RFC 9110 §5.5). Not the platform's "latin1". */
export function decodeLatin1(octets: Uint8Array): string {
  let text = '';
  // In slices, for an argument list has a limit.
  for (let start = 0; start < octets.length; start += 8192)
    text += String.fromCharCode(...octets.subarray(start, start + 8192));
  return text;
}

/** Text as octets. @throws Http1Error HTTP1_UNWRITABLE on a character above U+00FF. */
export function encodeLatin1(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) throw new Http1Error('HTTP1_UNWRITABLE', i, JSON.stringify(text.charAt(i)), 'one octet');
    octets[i] = code;
  }
  return octets;
}
