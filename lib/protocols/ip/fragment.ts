import { IpError } from './errors';
import type { Ipv4Packet } from './ipv4';
import type { Ipv6Packet } from './ipv6';
import type { ExtensionHeader } from './ipv6-extensions';
import { encodeExtensions } from './ipv6-extensions';

/**
 * A packet in pieces that fit a link (RFC 791 §3.2): each a whole number of 8 octets but the last, each with the header. A
 * fragment may be cut again. Options that are not copied into later fragments (their first bit is zero) are dropped from those.
 * @throws IpError IP_FRAGMENT_NOT_ALLOWED when Don't Fragment is set, or nothing fits
 */
export function fragmentIpv4(packet: Ipv4Packet, mtu: number): Ipv4Packet[] {
  const headerOctets = 20 + packet.options.length;
  if (headerOctets + packet.payload.length <= mtu) return [packet];
  if (packet.dontFragment) {
    const seen = `${headerOctets + packet.payload.length} octets that must not be cut`;
    throw new IpError('IP_FRAGMENT_NOT_ALLOWED', 6, seen, `at most ${mtu}`);
  }
  const later = copiedOptions(packet.options);
  const pieces: Ipv4Packet[] = [];
  for (let at = 0; at < packet.payload.length;) {
    const options = at === 0 ? packet.options : later;
    const room = roomFor(mtu - 20 - options.length, packet.payload.length - at);
    const isLast = at + room >= packet.payload.length;
    pieces.push({
      ...packet,
      options,
      fragmentOffset: packet.fragmentOffset + at,
      moreFragments: packet.moreFragments || !isLast,
      payload: packet.payload.subarray(at, at + room),
    });
    at += room;
  }
  return pieces;
}

/**
 * The same for IPv6 (RFC 8200 §4.5), where only the sender cuts: hop-by-hop and routing headers stand in every fragment, what
 * follows them is cut. `identification` must differ from that of any other packet lately sent between the two.
 * @throws IpError IP_FRAGMENT_NOT_ALLOWED when nothing fits, or the packet is a fragment already
 */
export function fragmentIpv6(packet: Ipv6Packet, mtu: number, identification: number): Ipv6Packet[] {
  const { extensions, protocol, payload } = packet;
  const whole = encodeExtensions(extensions, protocol).octets.length + payload.length;
  if (40 + whole <= mtu) return [packet];
  if (extensions.some(({ type }) => type === 'fragment')) {
    throw new IpError('IP_FRAGMENT_NOT_ALLOWED', 40, 'a fragment', 'a whole packet: routers do not cut IPv6');
  }
  const kept = perFragmentHeaders(extensions);
  const rest = encodeExtensions(extensions.slice(kept.length), protocol);
  const body = new Uint8Array([...rest.octets, ...payload]);
  const headers = 40 + encodeExtensions(kept, protocol).octets.length + 8;
  const pieces: Ipv6Packet[] = [];
  for (let at = 0; at < body.length;) {
    const room = roomFor(mtu - headers, body.length - at);
    const header: ExtensionHeader = {
      type: 'fragment',
      fragmentOffset: at,
      moreFragments: at + room < body.length,
      identification,
    };
    pieces.push({
      ...packet,
      extensions: [...kept, header],
      protocol: rest.firstHeader,
      payload: body.subarray(at, at + room),
    });
    at += room;
  }
  return pieces;
}

/** §4.5: up to and with the routing header, or else the hop-by-hop header. */
function perFragmentHeaders(extensions: readonly ExtensionHeader[]): readonly ExtensionHeader[] {
  const isOf = (header: number) => (each: ExtensionHeader) =>
    each.type === 'opaque' && each.header === header;
  const routing = extensions.findIndex(isOf(43));
  return extensions.slice(0, routing >= 0 ? routing + 1 : extensions.findIndex(isOf(0)) + 1);
}

/** All that is left, or as many eights as fit. */
function roomFor(available: number, left: number): number {
  if (left <= available) return left;
  const room = Math.floor(available / 8) * 8;
  if (room > 0) return room;
  throw new IpError('IP_FRAGMENT_NOT_ALLOWED', 0, `${available} octets of room`, 'at least 8');
}

/** RFC 791 §3.1: options with the copied flag, padded to whole words. */
function copiedOptions(options: Uint8Array): Uint8Array {
  const copied: number[] = [];
  for (let at = 0; at < options.length && options[at] !== 0;) {
    const length = options[at] === 1 ? 1 : Math.max(2, options[at + 1] ?? 2);
    if (options[at]! >= 0x80) copied.push(...options.subarray(at, at + length));
    at += length;
  }
  while (copied.length % 4 !== 0) copied.push(0);
  return Uint8Array.from(copied);
}
