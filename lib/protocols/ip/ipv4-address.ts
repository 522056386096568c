import { IpError } from './errors';

/**
 * Four decimal octets, "192.0.2.1", to their 4 octets. Leading zeros are refused (RFC 6943 §3.1.1: some
 * readers take them for octal).
 * `start`: where it begins in a longer text, from which `offset` counts.
 * @throws IpError IP_ADDRESS_MALFORMED; `offset` is the index of the part at fault in the text
 */
export function parseIpv4Address(text: string, start = 0): Uint8Array {
  const parts = text.split('.');
  let offset = start;
  const octets = parts.map((part) => {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) {
      throw new IpError('IP_ADDRESS_MALFORMED', offset, `"${part}"`, 'a number from 0 to 255');
    }
    offset += part.length + 1;
    return Number(part);
  });
  if (octets.length !== 4) {
    throw new IpError('IP_ADDRESS_MALFORMED', start + text.length, `${octets.length} parts`, 'four parts');
  }
  return Uint8Array.from(octets);
}

/** Four octets to "192.0.2.1". */
export function writeIpv4Address(octets: Uint8Array): string {
  if (octets.length !== 4) throw new RangeError(`an IPv4 address has 4 octets, saw ${octets.length}`);
  return octets.join('.');
}
