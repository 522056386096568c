/** The polynomial of ISO 3309 and ITU-T V.42, bits reversed. */
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let remainder = octet;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
  }
  return remainder;
});

/** The CRC-32 that Ethernet and zip use too (RFC 8489 §14.7, RFC 1952 §8), 0 to 2^32 - 1. */
export function crc32(octets: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const octet of octets) remainder = TABLE[(remainder ^ octet) & 0xff]! ^ (remainder >>> 8);
  return ~remainder >>> 0;
}
