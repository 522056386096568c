/**
 * What a NAT's answer may depend on, for mapping (RFC 4787 §4.1) and for filtering (§5). The two are independent, so there
 * are nine NATs; the old names (full cone, symmetric) are pairs of these.
 */
export const NAT_BEHAVIOURS = [
  'endpoint-independent',
  'address-dependent',
  'address-and-port-dependent',
] as const;

/** One of the three. */
export type NatBehaviour = (typeof NAT_BEHAVIOURS)[number];

/** The names of RFC 3489 §5, as mapping, filtering, name: four of the nine have one. */
export const RFC3489_NAMES = [
  ['endpoint-independent', 'endpoint-independent', 'full cone'],
  ['endpoint-independent', 'address-dependent', 'restricted cone'],
  ['endpoint-independent', 'address-and-port-dependent', 'port restricted cone'],
  ['address-and-port-dependent', 'address-and-port-dependent', 'symmetric'],
] as const;

/** RFC 3489's name of a combination; `undefined`: it had none. */
export function rfc3489NameOf(mapping: NatBehaviour, filtering: NatBehaviour): string | undefined {
  return RFC3489_NAMES.find((row) => row[0] === mapping && row[1] === filtering)?.[2];
}
