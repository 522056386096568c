import { isSameOctets, toHex } from '@/lib/bytes';
import { IpError, parseIpAddress, writeIpAddress } from '@/lib/protocols/ip';

/** Names that a certificate is for: subjectAltName, and nothing else (RFC 9525 §2). */
export type PresentedNames = { dnsNames: readonly string[]; ipAddresses: readonly Uint8Array[] };

/** A presented name as text; an address of a length that no family has, as hexadecimal digits. */
export function nameText(name: string | Uint8Array): string {
  if (typeof name === 'string') return name;
  return name.length === 4 || name.length === 16 ? writeIpAddress(name) : toHex(name);
}

/** An IP address as it stands in a URL, to octets; undefined for a name. */
export function hostAddress(host: string): Uint8Array | undefined {
  try {
    return parseIpAddress(host.replace(/^\[(.*)\]$/, '$1'));
  } catch (error) {
    if (error instanceof IpError) return undefined;
    throw error;
  }
}

/** A host as it is compared: in small letters and without the root's dot. */
export const canonicalHost = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/**
 * Whether a certificate with these names is for `host`: a name in A-label form, or an IP address (RFC 9525 §6). A wildcard
 * stands for one whole label, the leftmost, and two labels at least must follow it, as browsers have it.
 */
export function isForHost({ dnsNames, ipAddresses }: PresentedNames, host: string): boolean {
  const address = hostAddress(host);
  if (address) return ipAddresses.some((presented) => isSameOctets(presented, address));
  const labels = canonicalHost(host).split('.');
  return dnsNames.some((presented) => {
    const pattern = presented.toLowerCase().split('.');
    if (pattern.length !== labels.length) return false;
    const isWild = pattern[0] === '*' && pattern.length > 2 && labels[0] !== '';
    return pattern.every(
      (label, index) => (index === 0 && isWild) || (label !== '' && label === labels[index]),
    );
  });
}
