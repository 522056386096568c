import type { TransportAddress } from '@/lib/protocols/udp';
import { isSameTransportAddress } from '@/lib/protocols/udp';

/** How a NAT maps or filters (RFC 4787 §4.1, §5). */
export type DiscoveredBehaviour = 'endpoint-independent' | 'address-dependent' | 'address-and-port-dependent';

/**
 * RFC 5780 §4.3, from three answers to the same socket: test I asks the server's primary address, II its other address at
 * the primary port, III its other address and port. `none`: the address that came back is the socket's own, so no NAT
 * translates it.
 */
export function mappingBehaviour(
  local: TransportAddress,
  tests: { I: TransportAddress; II: TransportAddress; III: TransportAddress },
): DiscoveredBehaviour | 'none' {
  if (isSameTransportAddress(tests.I, local)) return 'none';
  if (isSameTransportAddress(tests.I, tests.II)) return 'endpoint-independent';
  return isSameTransportAddress(tests.II, tests.III) ? 'address-dependent' : 'address-and-port-dependent';
}

/**
 * RFC 5780 §4.4, from whether answers arrive that the server was asked (CHANGE-REQUEST) to send from another address and
 * port (test II), and from another port of the same address (test III). The socket must not have sent to those before.
 */
export function filteringBehaviour(arrives: { II: boolean; III: boolean }): DiscoveredBehaviour {
  if (arrives.II) return 'endpoint-independent';
  return arrives.III ? 'address-dependent' : 'address-and-port-dependent';
}
