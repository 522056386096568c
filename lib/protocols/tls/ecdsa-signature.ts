import { joinOctets } from '@/lib/bytes';

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/**
 * ECDSA-Sig-Value in DER (RFC 5480 appendix A), which TLS carries, to r and s one after the other, which WebCrypto takes:
 * `scalarOctets` octets each. Undefined for octets that are no such signature, those in another encoding than DER among them.
 */
export function decodeEcdsaSignature(der: Uint8Array, scalarOctets: number): Uint8Array | undefined {
  const sequence = valueAt(der, 0, SEQUENCE);
  if (!sequence || sequence.end !== der.length) return undefined;
  const r = valueAt(der, sequence.start, INTEGER);
  const s = r && valueAt(der, r.end, INTEGER);
  if (!s || s.end !== sequence.end) return undefined;
  const raw = new Uint8Array(2 * scalarOctets);
  for (const [index, { start, end }] of [r, s].entries()) {
    const isPadded = der[start] === 0 && end - start > 1;
    // DER writes a number in its shortest form: one zero in front, and only where the number would be negative (X.690 §8.3.2).
    if (der[start]! >= 0x80 || (isPadded && der[start + 1]! < 0x80)) return undefined;
    const first = isPadded ? start + 1 : start;
    if (end - first > scalarOctets) return undefined;
    raw.set(der.subarray(first, end), (index + 1) * scalarOctets - (end - first));
  }
  return raw;
}

/** The reverse: r and s as WebCrypto gives them to DER. */
export function encodeEcdsaSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const body = joinOctets([integer(raw.subarray(0, half)), integer(raw.subarray(half))]);
  const length = body.length < 0x80 ? [body.length] : [0x81, body.length];
  return joinOctets([Uint8Array.of(SEQUENCE, ...length), body]);
}

/** The shortest form, with a zero in front where the first bit would make it negative (X.690 §8.3). */
function integer(octets: Uint8Array): Uint8Array {
  let first = 0;
  while (first < octets.length - 1 && octets[first] === 0) first++;
  const sign = octets[first]! >= 0x80 ? [0] : [];
  const length = octets.length - first + sign.length;
  return joinOctets([Uint8Array.of(INTEGER, length, ...sign), octets.subarray(first)]);
}

/** Where the value of the tag at `at` lies; lengths of one octet, or of 0x81 and one from 0x80 on: all that a signature needs. */
function valueAt(der: Uint8Array, at: number, tag: number): { start: number; end: number } | undefined {
  let start = at + 2;
  let length = der[at + 1];
  if (der[at] !== tag || length === undefined) return undefined;
  if (length === 0x81) {
    length = der[start++];
    if (length === undefined || length < 0x80) return undefined;
  } else if (length >= 0x80) return undefined;
  if (length === 0 || start + length > der.length) return undefined;
  return { start, end: start + length };
}
