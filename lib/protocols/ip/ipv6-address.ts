import { IpError } from './errors';
import { parseIpv4Address } from './ipv4-address';

const GROUPS = 8;

/**
 * "2001:db8::1" to its 16 octets: groups of up to four hex digits, one `::` for a run of zero groups, the
 * last two groups also as an IPv4 address (RFC 4291 §2.2). No zone (`%eth0`).
 * @throws IpError IP_ADDRESS_MALFORMED; `offset` is the index of the part at fault in the text
 */
export function parseIpv6Address(text: string): Uint8Array {
  const gap = text.indexOf('::');
  if (gap >= 0 && text.includes('::', gap + 1)) {
    throw new IpError('IP_ADDRESS_MALFORMED', text.indexOf('::', gap + 1), '"::" again', 'at most one "::"');
  }
  const before = parseGroups(gap < 0 ? text : text.slice(0, gap), 0, gap < 0);
  const after = gap < 0 ? [] : parseGroups(text.slice(gap + 2), gap + 2, true);
  const given = before.length + after.length;
  if (gap < 0 ? given !== GROUPS : given >= GROUPS) {
    throw new IpError(
      'IP_ADDRESS_MALFORMED',
      text.length,
      `${given} groups`,
      'eight groups, or fewer with "::"',
    );
  }
  const groups = [...before, ...new Array<number>(GROUPS - given).fill(0), ...after];
  return Uint8Array.from(groups.flatMap((group) => [group >>> 8, group & 0xff]));
}

/** Groups between colons; only at the end of the address the last may be an IPv4 address. */
function parseGroups(text: string, start: number, isEnd: boolean): number[] {
  if (text === '') return [];
  const parts = text.split(':');
  let offset = start;
  return parts.flatMap((part, index) => {
    const partStart = offset;
    offset += part.length + 1;
    if (isEnd && part.includes('.') && index === parts.length - 1) {
      const [a = 0, b = 0, c = 0, d = 0] = parseIpv4Address(part, partStart);
      return [a * 256 + b, c * 256 + d];
    }
    if (!/^[0-9a-fA-F]{1,4}$/.test(part)) {
      throw new IpError('IP_ADDRESS_MALFORMED', partStart, `"${part}"`, 'one to four hex digits');
    }
    return [Number.parseInt(part, 16)];
  });
}

/**
 * 16 octets to the one form that RFC 5952 §4 recommends: lower case, no leading zeros, `::` for the longest
 * run of two or more zero groups (the first of equally long ones), IPv4-mapped addresses (::ffff:0:0/96)
 * with their last two groups in decimal (§5).
 */
export function writeIpv6Address(octets: Uint8Array): string {
  if (octets.length !== 16) throw new RangeError(`an IPv6 address has 16 octets, saw ${octets.length}`);
  const groups: number[] = [];
  for (let i = 0; i < 16; i += 2) groups.push((octets[i] ?? 0) * 256 + (octets[i + 1] ?? 0));

  const isIpv4Mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isIpv4Mapped) return `::ffff:${octets.subarray(12).join('.')}`;

  const hex = groups.map((group) => group.toString(16));
  const run = longestZeroRun(groups);
  if (run.length < 2) return hex.join(':');
  return `${hex.slice(0, run.start).join(':')}::${hex.slice(run.start + run.length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > longest.length) longest = { start, length };
  }
  return longest;
}
