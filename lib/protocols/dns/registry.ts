/** Rows of IANA's "Domain Name System (DNS) Parameters": value, name, reference. First the types that this room reads. */
export const DNS_TYPES = [
  [1, 'A', 'RFC 1035 §3.4.1'],
  [2, 'NS', 'RFC 1035 §3.3.11'],
  [3, 'MD', 'RFC 1035 §3.3.4'],
  [4, 'MF', 'RFC 1035 §3.3.5'],
  [5, 'CNAME', 'RFC 1035 §3.3.1'],
  [6, 'SOA', 'RFC 1035 §3.3.13'],
  [7, 'MB', 'RFC 1035 §3.3.3'],
  [8, 'MG', 'RFC 1035 §3.3.6'],
  [9, 'MR', 'RFC 1035 §3.3.8'],
  [12, 'PTR', 'RFC 1035 §3.3.12'],
  [13, 'HINFO', 'RFC 1035 §3.3.2'],
  [14, 'MINFO', 'RFC 1035 §3.3.7'],
  [15, 'MX', 'RFC 1035 §3.3.9'],
  [16, 'TXT', 'RFC 1035 §3.3.14'],
  [28, 'AAAA', 'RFC 3596 §2.2'],
  [33, 'SRV', 'RFC 2782'],
  [39, 'DNAME', 'RFC 6672 §2.1'],
  [64, 'SVCB', 'RFC 9460 §2.2'],
  [65, 'HTTPS', 'RFC 9460 §9'],
  [257, 'CAA', 'RFC 8659 §4.1'],
] as const;

/** Types that have a name here and are kept as octets, and those that only questions have. */
export const OTHER_DNS_TYPES = [
  [10, 'NULL', 'RFC 1035 §3.3.10'],
  [11, 'WKS', 'RFC 1035 §3.4.2'],
  [35, 'NAPTR', 'RFC 3403 §4'],
  [41, 'OPT', 'RFC 6891 §6.1'],
  [43, 'DS', 'RFC 4034 §5'],
  [44, 'SSHFP', 'RFC 4255 §3'],
  [46, 'RRSIG', 'RFC 4034 §3'],
  [47, 'NSEC', 'RFC 4034 §4'],
  [48, 'DNSKEY', 'RFC 4034 §2'],
  [50, 'NSEC3', 'RFC 5155 §3'],
  [52, 'TLSA', 'RFC 6698 §2'],
  [251, 'IXFR', 'RFC 1995'],
  [252, 'AXFR', 'RFC 1035 §3.2.3'],
  [255, '*', 'RFC 1035 §3.2.3'],
] as const;

/** "DNS CLASSes". */
export const DNS_CLASSES = [
  [1, 'IN', 'RFC 1035 §3.2.4'],
  [3, 'CH', 'RFC 1035 §3.2.4'],
  [4, 'HS', 'RFC 1035 §3.2.4'],
  [254, 'NONE', 'RFC 2136'],
  [255, 'ANY', 'RFC 1035 §3.2.5'],
] as const;

/** "DNS OpCodes". */
export const DNS_OPCODES = [
  [0, 'Query', 'RFC 1035'],
  [1, 'IQuery', 'RFC 3425'],
  [2, 'Status', 'RFC 1035'],
  [4, 'Notify', 'RFC 1996'],
  [5, 'Update', 'RFC 2136'],
  [6, 'DSO', 'RFC 8490'],
] as const;

/** "DNS RCODEs": four bits in the header, eight more in OPT. */
export const DNS_RCODES = [
  [0, 'NoError', 'RFC 1035'],
  [1, 'FormErr', 'RFC 1035'],
  [2, 'ServFail', 'RFC 1035'],
  [3, 'NXDomain', 'RFC 1035'],
  [4, 'NotImp', 'RFC 1035'],
  [5, 'Refused', 'RFC 1035'],
  [6, 'YXDomain', 'RFC 2136'],
  [7, 'YXRRSet', 'RFC 2136'],
  [8, 'NXRRSet', 'RFC 2136'],
  [9, 'NotAuth', 'RFC 2136'],
  [10, 'NotZone', 'RFC 2136'],
  [16, 'BADVERS', 'RFC 6891'],
  [23, 'BADCOOKIE', 'RFC 7873'],
] as const;

/** "DNS EDNS0 Option Codes (OPT)". */
export const EDNS_OPTIONS = [
  [3, 'NSID', 'RFC 5001'],
  [8, 'edns-client-subnet', 'RFC 7871'],
  [10, 'COOKIE', 'RFC 7873'],
  [11, 'edns-tcp-keepalive', 'RFC 7828'],
  [12, 'Padding', 'RFC 7830'],
  [15, 'Extended DNS Error', 'RFC 8914'],
] as const;

/** "Service Parameter Keys (SvcParamKeys)". */
export const SVC_PARAM_KEYS = [
  [0, 'mandatory', 'RFC 9460 §8'],
  [1, 'alpn', 'RFC 9460 §7.1'],
  [2, 'no-default-alpn', 'RFC 9460 §7.1'],
  [3, 'port', 'RFC 9460 §7.2'],
  [4, 'ipv4hint', 'RFC 9460 §7.3'],
  [5, 'ech', 'RFC 9848'],
  [6, 'ipv6hint', 'RFC 9460 §7.3'],
  [7, 'dohpath', 'RFC 9461 §5'],
] as const;

/** A type whose data this room reads. */
export type ReadType = (typeof DNS_TYPES)[number][1];
/** Any type by its name; "TYPE731" where it has none (RFC 3597 §5). */
export type DnsType = ReadType | (typeof OTHER_DNS_TYPES)[number][1] | `TYPE${number}`;
/** A class by its name; "CLASS32" where it has none. */
export type DnsClass = (typeof DNS_CLASSES)[number][1] | `CLASS${number}`;

const ALL_TYPES = [...DNS_TYPES, ...OTHER_DNS_TYPES];
const TYPE_NAMES = new Map<number, DnsType>(ALL_TYPES.map(([value, name]) => [value, name]));
const TYPE_VALUES = new Map<string, number>(ALL_TYPES.map(([value, name]) => [name, value]));
const TYPE_REFS = new Map<string, string>(ALL_TYPES.map(([, name, ref]) => [name, ref]));
const CLASS_NAMES = new Map<number, DnsClass>(DNS_CLASSES.map(([value, name]) => [value, name]));
const CLASS_VALUES = new Map<string, number>(DNS_CLASSES.map(([value, name]) => [name, value]));
const RCODE_NAMES = new Map<number, string>(DNS_RCODES.map(([value, name]) => [value, name]));

export function typeName(value: number): DnsType {
  return TYPE_NAMES.get(value) ?? `TYPE${value}`;
}

/** The number of a type; NaN for a name that is none. */
export function typeValue(name: DnsType): number {
  return TYPE_VALUES.get(name) ?? Number(/^TYPE(\d+)$/.exec(name)?.[1] ?? NaN);
}

/** Where a type is defined. */
export function typeReference(name: DnsType): string {
  return TYPE_REFS.get(name) ?? 'RFC 3597 §3';
}

export function className(value: number): DnsClass {
  return CLASS_NAMES.get(value) ?? `CLASS${value}`;
}

/** The number of a class; NaN for a name that is none. */
export function classValue(name: DnsClass): number {
  return CLASS_VALUES.get(name) ?? Number(/^CLASS(\d+)$/.exec(name)?.[1] ?? NaN);
}

/** "NXDomain" for 3; the bare number where the registry has no name. */
export function rcodeName(rcode: number): string {
  return RCODE_NAMES.get(rcode) ?? String(rcode);
}
