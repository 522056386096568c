import type { WireAnswer, WirePeer } from './answer';

/** What is posted to `/api/wire`: the parts in base64. */
export type WireRequestJson = { peer: WirePeer; parts: readonly string[] };

/** Octets to base64 (RFC 4648 §4). */
export function toBase64(octets: Uint8Array): string {
  let binary = '';
  for (const octet of octets) binary += String.fromCharCode(octet);
  return btoa(binary);
}

/** Base64 to octets. @throws DOMException (InvalidCharacterError) if it is none. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** An answer as JSON; octets become `{ "base64": … }`. */
export function encodeAnswer(answer: WireAnswer): string {
  return JSON.stringify(answer, (_, value: unknown) =>
    value instanceof Uint8Array ? { base64: toBase64(value) } : value,
  );
}

/** The answer that `encodeAnswer` wrote. It is not checked: it comes from our own server. */
export function decodeAnswer(json: string): WireAnswer {
  return JSON.parse(json, (_, value: unknown) =>
    isOctets(value) ? fromBase64(value.base64) : value,
  ) as WireAnswer;
}

function isOctets(value: unknown): value is { base64: string } {
  return typeof value === 'object' && value !== null && 'base64' in value && typeof value.base64 === 'string';
}
