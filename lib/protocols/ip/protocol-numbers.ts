/** Names of the protocol numbers that the course meets (IANA "Assigned Internet Protocol Numbers"). */
export const IP_PROTOCOLS = {
  hopByHopOptions: 0,
  icmp: 1,
  tcp: 6,
  udp: 17,
  routing: 43,
  fragment: 44,
  icmpv6: 58,
  noNextHeader: 59,
  destinationOptions: 60,
} as const;

const NAMES = new Map<number, string>([
  [0, 'hop-by-hop options'],
  [1, 'ICMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [43, 'routing header'],
  [44, 'fragment header'],
  [58, 'ICMPv6'],
  [59, 'no next header'],
  [60, 'destination options'],
]);

/** "6 (TCP)", or the bare number where the course has no name for it. */
export function protocolName(protocol: number): string {
  const name = NAMES.get(protocol);
  return name === undefined ? String(protocol) : `${protocol} (${name})`;
}
