/**
 * Ports over UDP that the course meets: rows of IANA's "Service Name and Transport Protocol Port Number Registry"
 * (RFC 6335), as number, service name, reference.
 */
export const UDP_PORTS = [
  [53, 'domain', 'RFC 1035'],
  [67, 'bootps', 'RFC 2131'],
  [68, 'bootpc', 'RFC 2131'],
  [123, 'ntp', 'RFC 5905'],
  [443, 'https', 'RFC 9114'],
  [500, 'isakmp', 'RFC 7296'],
  [514, 'syslog', 'RFC 5426'],
  [853, 'domain-s', 'RFC 9250'],
  [3478, 'stun', 'RFC 8489'],
  [5004, 'avt-profile-1', 'RFC 3551'],
  [5349, 'stuns', 'RFC 8489'],
  [5353, 'mdns', 'RFC 6762'],
] as const;

const SERVICES = new Map<number, string>(UDP_PORTS.map(([port, service]) => [port, service]));

/** First port that the system hands out by itself, and the last (RFC 6335 §6). */
export const DYNAMIC_PORTS = { first: 49_152, last: 65_535 } as const;

/** "53 (domain)", or the bare number where the course has no name for it. */
export function portName(port: number): string {
  const service = SERVICES.get(port);
  return service === undefined ? String(port) : `${port} (${service})`;
}
