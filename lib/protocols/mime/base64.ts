const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

/**
 * Forgiving base64 (WHATWG Infra §4.7): ASCII white space anywhere, padding right or absent, bits left over dropped.
 * Undefined is the standard's "failure".
 */
export function decodeForgivingBase64(text: string): Uint8Array | undefined {
  let data = text.replace(/[\t\n\f\r ]/g, '');
  if (data.length % 4 === 0) data = data.replace(/={1,2}$/, '');
  if (data.length % 4 === 1) return undefined;
  const octets = new Uint8Array(Math.floor((data.length * 6) / 8));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < data.length; i++) {
    const value = VALUES[data.charCodeAt(i)] ?? -1;
    if (value < 0) return undefined;
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      octets[at++] = (buffer >>> bits) & 0xff;
    }
  }
  return octets;
}

/** Base64 with padding (RFC 4648 §4). */
export function encodeBase64(octets: Uint8Array): string {
  let text = '';
  for (let i = 0; i < octets.length; i += 3) {
    const left = Math.min(3, octets.length - i);
    const group = ((octets[i] ?? 0) << 16) | ((octets[i + 1] ?? 0) << 8) | (octets[i + 2] ?? 0);
    for (let digit = 0; digit < 4; digit++)
      text += digit > left ? '=' : ALPHABET.charAt((group >>> (18 - digit * 6)) & 0x3f);
  }
  return text;
}
