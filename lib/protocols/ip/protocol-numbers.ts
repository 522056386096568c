/**
 * Rows of IANA's "Assigned Internet Protocol Numbers" that the course meets, and all IPv6 extension headers: number, keyword of
 * the registry, the name that is shown, how an extension header counts its length, reference.
 */
export const PROTOCOL_NUMBERS = [
  [0, 'HOPOPT', 'hop-by-hop options', '8 octets', 'RFC 8200 §4.3'],
  [1, 'ICMP', 'ICMP', '', 'RFC 792'],
  [2, 'IGMP', 'IGMP', '', 'RFC 1112'],
  [4, 'IPv4', 'IPv4 in IP', '', 'RFC 2003'],
  [6, 'TCP', 'TCP', '', 'RFC 9293'],
  [17, 'UDP', 'UDP', '', 'RFC 768'],
  [33, 'DCCP', 'DCCP', '', 'RFC 4340'],
  [41, 'IPv6', 'IPv6 in IP', '', 'RFC 2473'],
  [43, 'IPv6-Route', 'routing header', '8 octets', 'RFC 8200 §4.4'],
  [44, 'IPv6-Frag', 'fragment header', 'fixed', 'RFC 8200 §4.5'],
  [47, 'GRE', 'GRE', '', 'RFC 2784'],
  [50, 'ESP', 'ESP', 'encrypted', 'RFC 4303 §2'],
  [51, 'AH', 'authentication header', '4 octets', 'RFC 4302 §2'],
  [58, 'IPv6-ICMP', 'ICMPv6', '', 'RFC 4443'],
  [59, 'IPv6-NoNxt', 'no next header', '', 'RFC 8200 §4.7'],
  [60, 'IPv6-Opts', 'destination options', '8 octets', 'RFC 8200 §4.6'],
  [132, 'SCTP', 'SCTP', '', 'RFC 9260'],
  [135, 'Mobility Header', 'mobility header', '8 octets', 'RFC 6275 §6.1'],
  [136, 'UDPLite', 'UDP-Lite', '', 'RFC 3828'],
  [139, 'HIP', 'host identity protocol', '8 octets', 'RFC 7401 §5.1'],
  [140, 'Shim6', 'Shim6', '8 octets', 'RFC 5533 §5'],
] as const;

/** The numbers that code asks for by name. */
export const IP_PROTOCOLS = {
  hopByHopOptions: 0,
  icmp: 1,
  tcp: 6,
  udp: 17,
  routing: 43,
  fragment: 44,
  esp: 50,
  authentication: 51,
  icmpv6: 58,
  noNextHeader: 59,
  destinationOptions: 60,
  sctp: 132,
} as const;

const NAMES = new Map<number, string>(PROTOCOL_NUMBERS.map(([number, , name]) => [number, name]));

/** "6 (TCP)", or the bare number where the course has no name for it. */
export function protocolName(protocol: number): string {
  const name = NAMES.get(protocol);
  return name === undefined ? String(protocol) : `${protocol} (${name})`;
}
