import { sha1 } from './sha1';

/** RFC 6455 §1.3: means nothing, but no server that does not know WebSocket puts it behind a key. */
export const ACCEPT_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The steps from Sec-WebSocket-Key to Sec-WebSocket-Accept (§4.2.2): joined with the GUID, hashed, in Base64. */
export type AcceptKeySteps = { joined: string; digest: Uint8Array; accept: string };

/** How Sec-WebSocket-Accept comes about, step by step: the text, its SHA-1, Base64 of that (RFC 6455 §4.2.2). */
export function acceptKeySteps(secWebSocketKey: string): AcceptKeySteps {
  const joined = secWebSocketKey.trim() + ACCEPT_GUID;
  const digest = sha1(new TextEncoder().encode(joined));
  return { joined, digest, accept: toBase64(digest) };
}

/** Sec-WebSocket-Accept for a key, at once. */
export function acceptKeySync(secWebSocketKey: string): string {
  return acceptKeySteps(secWebSocketKey).accept;
}

/** Sec-WebSocket-Accept for a key, by WebCrypto; the same as `acceptKeySync`. */
export async function acceptKey(secWebSocketKey: string): Promise<string> {
  const joined = new TextEncoder().encode(secWebSocketKey.trim() + ACCEPT_GUID);
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-1', joined)));
}

/** Sixteen octets, which should be random, as Sec-WebSocket-Key. @throws RangeError for another number of them */
export function writeKey(nonce: Uint8Array): string {
  if (nonce.length !== 16) throw new RangeError(`a nonce of ${nonce.length} octets; 16 are asked for`);
  return toBase64(nonce);
}

/** Whether a value is the Base64 of sixteen octets (§4.2.1 item 5). */
export function isKey(value: string): boolean {
  return /^[A-Za-z0-9+/]{21}[AQgw]==$/.test(value);
}

const toBase64 = (octets: Uint8Array): string => btoa(String.fromCharCode(...octets));
