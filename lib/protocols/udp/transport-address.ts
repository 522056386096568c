/** An IP address as text and a port: one end of a datagram ("transport address", RFC 8489 §3). */
export type TransportAddress = { address: string; port: number };

/** "192.0.2.1:3478" or "[2001:db8::1]:3478" (RFC 5952 §6). Equal ends give equal text, so it serves as a key. */
export function writeTransportAddress({ address, port }: TransportAddress): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Whether both name the same end; addresses are compared as text, so both must be in the form that `ip` writes. */
export function isSameTransportAddress(left: TransportAddress, right: TransportAddress): boolean {
  return left.port === right.port && left.address === right.address;
}
