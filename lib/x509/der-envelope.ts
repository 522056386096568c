import type { Certificate } from 'pkijs';
import { isSameOctets } from '@/lib/bytes';

const SEQUENCE = 0x30;

/**
 * Whether a certificate's outside is DER: its parts as they must be written, and the same algorithm inside as outside
 * (RFC 5280 §4.1.1). The signature covers only what is inside, and the library reads the rest generously.
 */
export function isCanonical(certificate: Certificate, der: Uint8Array): boolean {
  const outside = octetsOf(certificate.signatureAlgorithm.toSchema());
  const inside = octetsOf(certificate.signature.toSchema());
  const parts = [certificate.tbsView, outside, octetsOf(certificate.signatureValue)];
  const expected = [SEQUENCE, ...lengthOf(parts.reduce((sum, { length }) => sum + length, 0))];
  for (const part of parts) expected.push(...part);
  return isSameOctets(inside, outside) && isSameOctets(Uint8Array.from(expected), der);
}

const octetsOf = (block: { toBER(): ArrayBuffer }) => new Uint8Array(block.toBER());

/** A length in as few octets as it takes (X.690 §10.1). */
function lengthOf(octets: number): number[] {
  if (octets < 0x80) return [octets];
  return octets < 0x100 ? [0x81, octets] : [0x82, octets >> 8, octets & 0xff];
}
